/** When drawing the page fails: the document is whole, and can be saved to a file or gone on with. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useT } from './locale.ts';
import { saveFile } from './session/files.ts';
import { app } from './store.ts';
import { notices } from './strings/notices.ts';

interface State {
  readonly error: Error | undefined;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
    void app().session?.autosave.flush();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Broken error={error} onGoOn={() => this.setState({ error: undefined })} />;
  }
}

function Broken({ error, onGoOn }: { readonly error: Error; readonly onGoOn: () => void }) {
  const t = useT();
  return (
    <main className="broken">
      <h1>{t(notices.crashTitle)}</h1>
      <p>{t(notices.crashBody)}</p>
      <p className="row">
        {app().session && (
          <button type="button" className="button primary" onClick={() => void saveFile()}>
            {t(notices.crashSave)}
          </button>
        )}
        <button type="button" className="button" onClick={onGoOn}>
          {t(notices.crashReload)}
        </button>
      </p>
      <pre>{error.message}</pre>
    </main>
  );
}

/** A dialog over the page: the browser's own, which keeps the focus inside and gives it back. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../locale.ts';
import { workbench } from '../strings/workbench.ts';
import { Icon } from './Icon.tsx';

interface DialogProps {
  readonly title: string;
  readonly className?: string;
  /** A list to pick from shows no title bar; its title is spoken all the same. */
  readonly bare?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, className = '', bare = false, onClose, children }: DialogProps) {
  const t = useT();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // A click on the backdrop lands on the dialog itself; the keyboard has Esc.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a modal dialog by itself.
    <dialog
      ref={ref}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="dialog-body">
        {!bare && (
          <header className="dialog-head">
            <h2>{title}</h2>
            <button type="button" className="icon-button" onClick={onClose} aria-label={t(workbench.close)}>
              <Icon name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}

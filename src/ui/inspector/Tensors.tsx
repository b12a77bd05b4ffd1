/** The tensors of the state that a node holds: its parameters, or what an optimizer keeps; a click shows them in the dock. */
import { useT } from '../locale.ts';
import { StateLabel } from '../parts/StateLabel.tsx';
import { ownerOf } from '../parts/tensor-title.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { changeSettings } from '../settings.ts';
import { setApp } from '../store.ts';
import { values } from '../strings/values.ts';

export function Tensors({ id }: { readonly id: string }) {
  const t = useT();
  const { state } = useSession();
  const document = useEditorState((s) => s.document);
  const path = useEditorState((s) => s.view.pathOf(id));
  const own = useSessionState((s) => s.tensors).flatMap((tensor) => {
    const owner = ownerOf(document, tensor.name);
    return owner?.path === path ? [{ ...tensor, own: owner.own }] : [];
  });
  if (own.length === 0) return null;
  const show = (name: string) => {
    state.setState({ looked: { kind: 'tensor', name } });
    changeSettings({ dockOpen: true, dockTab: 'values' });
    setApp({ sheet: 'dock' });
  };
  const optimizer = own.every(({ role }) => role === 'optimizer');
  return (
    <section className="part">
      <h3>{t(optimizer ? values.optimizer : values.parameters)}</h3>
      <ul className="ports">
        {own.map(({ name, own: title, shape }) => (
          <li key={name}>
            <button
              type="button"
              className="port-button"
              aria-label={t(values.showTensor, { name: title })}
              onClick={() => show(name)}
            >
              <span className="port-name">{title}</span>
              <span className="soft">{shape.join(' × ') || '1'}</span>
            </button>
          </li>
        ))}
      </ul>
      <StateLabel />
    </section>
  );
}

/** The ports of a node with the types they carry; a click shows the numbers of an output in the dock. */
import type { PortSpec } from '../../catalogue/index.ts';
import type { CheckedNode } from '../../compiler/types.ts';
import { useT } from '../locale.ts';
import { TypeLabel } from '../parts/TypeLabel.tsx';
import { useEditorState, useSession } from '../session/hooks.ts';
import { changeSettings } from '../settings.ts';
import { inspector } from '../strings/inspector.ts';

export function Ports({ id, checked }: { readonly id: string; readonly checked: CheckedNode }) {
  const t = useT();
  const { state } = useSession();
  const view = useEditorState((s) => s.view);
  const showPort = (port: string | undefined) => {
    state.setState({ looked: port === undefined ? undefined : { kind: 'port', port } });
    changeSettings({ dockOpen: true, dockTab: 'values' });
  };
  const nameOf = (port: PortSpec) => (port.title ? t(port.title) : port.name);
  return (
    <>
      {checked.inputs.length > 0 && (
        <section className="part">
          <h3>{t(inspector.inputs)}</h3>
          <ul className="ports">
            {checked.inputs.map((port) => (
              <li key={port.name}>
                <span className="port-name">{nameOf(port)}</span>
                {checked.inputTypes[port.name] ? (
                  <TypeLabel type={checked.inputTypes[port.name]} />
                ) : (
                  <span className="soft">{t(port.optional ? inspector.optional : inspector.notWired)}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {checked.outputs.length > 0 && (
        <section className="part">
          <h3>{t(inspector.outputs)}</h3>
          <ul className="ports">
            {checked.outputs.map((port) => (
              <li key={port.name}>
                <button
                  type="button"
                  className="port-button"
                  aria-label={t(inspector.showValues, { port: nameOf(port) })}
                  onClick={() => showPort(view.valueKey({ node: id, port: port.name }))}
                >
                  <span className="port-name">{nameOf(port)}</span>
                  <TypeLabel type={checked.outputTypes[port.name]} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

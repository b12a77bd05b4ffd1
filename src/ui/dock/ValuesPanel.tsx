/** The numbers of a port, of a parameter, or of the gradient by it. */
import { readPortKey } from '../../base/path.ts';
import type { EditorState } from '../../editor/index.ts';
import { useLocale, useT } from '../locale.ts';
import { lazily } from '../parts/lazily.tsx';
import { titleIn } from '../parts/node-title.ts';
import { StateLabel } from '../parts/StateLabel.tsx';
import { TypeLabel } from '../parts/TypeLabel.tsx';
import { tensorTitle } from '../parts/tensor-title.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import type { Looked } from '../session/session-state.ts';
import { dock } from '../strings/dock.ts';
import { values as words } from '../strings/values.ts';
import { RewindSlider } from './RewindSlider.tsx';
import { Numbers, Statistics } from './TensorView.tsx';

const LearnedView = lazily(async () => (await import('../learned/LearnedView.tsx')).default);

interface PortEntry {
  readonly key: string;
  /** A node of the drawing that is looked at. */
  readonly node: string;
  readonly name: string;
}

export function ValuesPanel() {
  const t = useT();
  const looked = useLooked();
  const shown = useSessionState((s) => s.shown);
  const run = useSessionState((s) => s.run);
  if (!looked) return <p className="dock-empty">{t(dock.noValues)}</p>;
  const tensor = looked.kind === 'port' ? undefined : shown.tensors[looked.name];
  const value =
    looked.kind === 'port'
      ? shown.values[looked.port]
      : looked.kind === 'tensor'
        ? tensor?.value
        : tensor?.gradient;
  const none = looked.kind === 'gradient' && tensor ? words.noGradient : dock.noValues;
  return (
    <div className="values">
      <div className="values-head">
        <Choice looked={looked} />
        {looked.kind === 'port' ? <PortType port={looked.port} /> : <ValueOrGradient looked={looked} />}
        <StateLabel />
        {looked.kind !== 'port' && <RewindSlider run={run} />}
        {value && <Statistics value={value} />}
      </div>
      {!value ? (
        <p className="dock-empty">{t(none)}</p>
      ) : looked.kind === 'port' ? (
        <Numbers key={`${looked.port} ${value.shape.join(' ')}`} value={value} />
      ) : (
        <LearnedView key={`${looked.name} ${value.shape.join(' ')}`} name={looked.name} value={value} />
      )}
    </div>
  );
}

const idOf = (looked: Looked): string =>
  looked.kind === 'port' ? `port ${looked.port}` : `tensor ${looked.name}`;

const portsOf = ({ view }: EditorState): readonly PortEntry[] =>
  Object.keys(view.graph.nodes).flatMap((node) =>
    (view.node(node)?.outputs ?? []).flatMap(({ name }) => {
      const key = view.valueKey({ node, port: name });
      return key === undefined ? [] : [{ key, node, name }];
    }),
  );

/** What was chosen, else what the selection speaks of, else the first that has numbers. */
function useLooked(): Looked | undefined {
  const chosen = useSessionState((s) => s.looked);
  const tensors = useSessionState((s) => s.tensors);
  const values = useSessionState((s) => s.shown.values);
  const selected = useSelectedPort();
  const { editor } = useSession();
  useEditorState((s) => s.view);
  const ports = portsOf(editor.getState());
  if (chosen && chosen.kind !== 'port' && tensors.some(({ name }) => name === chosen.name)) return chosen;
  const isThere = (key: string | undefined) => ports.some((port) => port.key === key);
  const port =
    (chosen?.kind === 'port' && isThere(chosen.port) && chosen.port) ||
    (isThere(selected) && selected) ||
    ports.find(({ key }) => values[key])?.key;
  return port ? { kind: 'port', port } : undefined;
}

function Choice({ looked }: { readonly looked: Looked }) {
  const t = useT();
  const locale = useLocale();
  const { editor, state } = useSession();
  const document = useEditorState((s) => s.document);
  const view = useEditorState((s) => s.view);
  const tensors = useSessionState((s) => s.tensors);
  const ports = portsOf(editor.getState());
  const several = (node: string) => (view.node(node)?.outputs.length ?? 0) > 1;
  const choose = (id: string) => {
    const [kind, ...rest] = id.split(' ');
    const name = rest.join(' ');
    state.setState({ looked: kind === 'port' ? { kind, port: name } : { kind: 'tensor', name } });
  };
  const groups = [
    { title: words.parameters, of: tensors.filter(({ role }) => role !== 'optimizer') },
    { title: words.optimizer, of: tensors.filter(({ role }) => role === 'optimizer') },
  ];
  return (
    <select
      className="input"
      aria-label={t(dock.port)}
      value={idOf(looked)}
      onChange={(event) => choose(event.target.value)}
    >
      <optgroup label={t(words.ports)}>
        {ports.map(({ key, node, name }) => (
          <option key={key} value={`port ${key}`}>
            {titleIn(document, view.graph.nodes, node, locale)}
            {several(node) && ` · ${name}`}
          </option>
        ))}
      </optgroup>
      {groups.map(
        ({ title, of }) =>
          of.length > 0 && (
            <optgroup key={title.en} label={t(title)}>
              {of.map(({ name }) => (
                <option key={name} value={`tensor ${name}`}>
                  {tensorTitle(document, name, locale)}
                </option>
              ))}
            </optgroup>
          ),
      )}
    </select>
  );
}

function PortType({ port }: { readonly port: string }) {
  const at = readPortKey(port);
  const type = useEditorState((s) => s.checked.nodes[at.node]?.outputTypes[at.port]);
  return (
    <p>
      <TypeLabel type={type} />
    </p>
  );
}

function ValueOrGradient({ looked }: { readonly looked: Exclude<Looked, { kind: 'port' }> }) {
  const t = useT();
  const { state } = useSession();
  return (
    <fieldset className="segments" aria-label={t(dock.values)}>
      {(['tensor', 'gradient'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={looked.kind === kind}
          title={kind === 'gradient' ? t(words.gradientHint) : undefined}
          onClick={() => state.setState({ looked: { kind, name: looked.name } })}
        >
          {t(kind === 'tensor' ? words.value : words.gradient)}
        </button>
      ))}
    </fieldset>
  );
}

/** The output that the selection speaks of: a wire's source, or a node's first output, or what it reads. */
function useSelectedPort(): string | undefined {
  return useEditorState(({ selection, view }) => {
    const { edges } = view.graph;
    const edge = edges[selection.edges[0] ?? ''];
    if (edge) return view.valueKey(edge.from);
    const [id] = selection.nodes;
    if (id === undefined) return undefined;
    const [output] = view.node(id)?.outputs ?? [];
    if (output) return view.valueKey({ node: id, port: output.name });
    const feeding = Object.values(edges).find((e) => e.to.node === id);
    return feeding && view.valueKey(feeding.from);
  });
}

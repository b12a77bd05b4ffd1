/** The inspector of one node: what it is, its parameters, its ports, what is wrong with it. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { BLOCK } from '../../catalogue/block.ts';
import { registryOf } from '../../catalogue/index.ts';
import { isBlockPort } from '../../document/levels.ts';
import { drawingOf, openedInto } from '../../document/open-node.ts';
import { useLocale, useT } from '../locale.ts';
import { DiagnosticCard } from '../parts/DiagnosticCard.tsx';
import { useDocs } from '../parts/fetched-words.ts';
import { lazily } from '../parts/lazily.tsx';
import { NodeGlyph } from '../parts/NodeGlyph.tsx';
import { nodeTitle, numbered, ordinalIn } from '../parts/node-title.ts';
import { closeDiagram, openDiagram } from '../session/diagram-actions.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { changeSettings } from '../settings.ts';
import { setApp } from '../store.ts';
import { diagramDoors } from '../strings/diagram-doors.ts';
import { inspector } from '../strings/inspector.ts';
import { BlockForm } from './BlockForm.tsx';
import { NodeForm } from './NodeForm.tsx';
import { PortName } from './PortName.tsx';
import { Ports } from './Ports.tsx';
import { SelectionActions } from './SelectionActions.tsx';
import { Tensors } from './Tensors.tsx';

const Marks = lazily(async () => (await import('./Marks.tsx')).Marks);

export function NodePanel({ id }: { readonly id: string }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const { editor } = session;
  const node = useEditorState((s) => s.view.graph.nodes[id]);
  const checked = useEditorState((s) => s.view.node(id));
  const view = useEditorState((s) => s.view);
  const document = useEditorState((s) => s.document);
  const docOf = useDocs();
  if (!node) return null;
  const definition = registryOf(document).of(node);
  const own = view.diagnostics.filter((d) => d.node !== undefined && view.nodeOf(d.node) === id);
  // What lies further inside says where, and leads there.
  const whereInside = ({ node: path }: Diagnostic) =>
    path !== undefined && path !== view.pathOf(id) ? { where: nodeTitle(document, path, locale) } : {};
  const doc = definition && docOf(definition);
  const opened = drawingOf(view.graph, id, registryOf(document));
  const title = definition ? t(definition.title) : t(inspector.unknownType, { type: node.type });
  return (
    <>
      <section className="part">
        <h2 className="panel-title">
          <NodeGlyph definition={definition} /> {numbered(title, ordinalIn(view.graph.nodes, id))}
        </h2>
        {doc && <p className="doc">{t(doc)}</p>}
        <div className="field">
          <label htmlFor="node-label">{t(inspector.label)}</label>
          <input
            id="node-label"
            className="input"
            value={node.label ?? ''}
            placeholder={title}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => editor.dispatch({ type: 'setLabel', node: id, label: event.target.value })}
          />
        </div>
        {isBlockPort(node) && <PortName id={id} />}
        {(node.type === BLOCK || definition?.learns) && <Marks id={id} node={node} />}
        {node.type === BLOCK ? (
          <BlockForm id={id} node={node} />
        ) : (
          definition && <NodeForm id={id} node={node} definition={definition} checked={checked} />
        )}
      </section>
      {own.length > 0 && (
        <section className="part">
          <h3>{t(inspector.problems)}</h3>
          {own.map((d, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a diagnostic has no identity of its own.
            <DiagnosticCard key={i} diagnostic={d} {...whereInside(d)} />
          ))}
        </section>
      )}
      {checked && <Ports id={id} checked={checked} />}
      <Tensors id={id} />
      {definition?.picture && (
        <section className="part">
          <button type="button" className="button" onClick={showPictures}>
            {t(inspector.showLarge)}
          </button>
        </section>
      )}
      {definition?.network && (
        <section className="part">
          <button type="button" className="button" onClick={() => openDiagram(session, view.pathOf(id))}>
            {t(diagramDoors.see)}
          </button>
          {opened && (
            <button
              type="button"
              className="button"
              onClick={() => {
                if (session.state.getState().diagram === view.pathOf(id)) closeDiagram(session);
                editor.dispatch({ type: 'edits', edits: openedInto(view.graph, id, opened, view.pathOf) });
              }}
            >
              {t(diagramDoors.open)}
            </button>
          )}
        </section>
      )}
      <section className="part">
        <SelectionActions selection={{ nodes: [id], edges: [] }} />
      </section>
    </>
  );
}

/** The dock's tab goes to the picture that is selected. */
function showPictures(): void {
  changeSettings({ dockOpen: true, dockTab: 'pictures' });
  setApp({ sheet: 'dock' });
}

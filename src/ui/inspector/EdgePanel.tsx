/** The inspector of one wire: what it carries, from where to where. */

import type { PortRef } from '../../base/edit.ts';
import { useLocale, useT } from '../locale.ts';
import { DiagnosticCard } from '../parts/DiagnosticCard.tsx';
import { titleIn } from '../parts/node-title.ts';
import { TypeLabel } from '../parts/TypeLabel.tsx';
import { useEditor, useEditorState, useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { inspector } from '../strings/inspector.ts';

export function EdgePanel({ id }: { readonly id: string }) {
  const t = useT();
  const editor = useEditor();
  const view = useEditorState((s) => s.view);
  const type = useEditorState((s) => s.view.edge(id));
  const edge = view.graph.edges[id];
  if (!edge) return null;
  const own = view.diagnostics.filter((d) =>
    [d, ...(d.related ?? [])].some((place) => place.edge !== undefined && view.edgeOf(place.edge) === id),
  );
  return (
    <>
      <section className="part">
        <h2 className="panel-title">{t(inspector.wire)}</h2>
        <p>
          <TypeLabel type={type} />
        </p>
        <dl className="facts">
          <dt>{t(inspector.from)}</dt>
          <dd>
            <End end={edge.from} />
          </dd>
          <dt>{t(inspector.to)}</dt>
          <dd>
            <End end={edge.to} />
          </dd>
        </dl>
      </section>
      {own.length > 0 && (
        <section className="part">
          <h3>{t(inspector.problems)}</h3>
          {own.map((d, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a diagnostic has no identity of its own.
            <DiagnosticCard key={i} diagnostic={d} />
          ))}
        </section>
      )}
      <section className="part row">
        <button
          type="button"
          className="button"
          onClick={() => editor.dispatch({ type: 'delete', selection: { nodes: [], edges: [id] } })}
        >
          {t(inspector.deleteWire)}
        </button>
      </section>
    </>
  );
}

function End({ end }: { readonly end: PortRef }) {
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const view = useEditorState((s) => s.view);
  return (
    <button
      type="button"
      className="link"
      onClick={() => reveal(session, { nodes: [view.pathOf(end.node)] })}
    >
      {titleIn(document, view.graph.nodes, end.node, locale)} · {end.port}
    </button>
  );
}

/** The inspector of one wire: what it carries, from where to where. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { PortRef } from '../../base/edit.ts';
import { useLocale, useT } from '../locale.ts';
import { DiagnosticCard } from '../parts/DiagnosticCard.tsx';
import { nodeTitle } from '../parts/node-title.ts';
import { TypeLabel } from '../parts/TypeLabel.tsx';
import { useEditor, useEditorState, useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { inspector } from '../strings/inspector.ts';

export function EdgePanel({ id }: { readonly id: string }) {
  const t = useT();
  const editor = useEditor();
  const document = useEditorState((s) => s.document);
  const type = useEditorState((s) => s.checked.edges[id]);
  const diagnostics = useEditorState((s) => s.checked.diagnostics);
  const edge = document.edges[id];
  if (!edge) return null;
  const own = diagnostics.filter((d) => d.edge === id || d.related?.some((place) => place.edge === id));
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
            <End document={document} end={edge.from} />
          </dd>
          <dt>{t(inspector.to)}</dt>
          <dd>
            <End document={document} end={edge.to} />
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

function End({ document, end }: { readonly document: GraphDocument; readonly end: PortRef }) {
  const locale = useLocale();
  const session = useSession();
  return (
    <button type="button" className="link" onClick={() => reveal(session, { nodes: [end.node] })}>
      {nodeTitle(document, end.node, locale)} · {end.port}
    </button>
  );
}

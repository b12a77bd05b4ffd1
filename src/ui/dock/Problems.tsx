/** Every diagnostic of the graph, and of the last run, with its place, its remedy and its fixes. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { levelAt, locate, pathAt } from '../../document/levels.ts';
import { useLocale, useT } from '../locale.ts';
import { DiagnosticCard } from '../parts/DiagnosticCard.tsx';
import { nodeTitle } from '../parts/node-title.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { dock } from '../strings/dock.ts';

const order = { error: 0, warning: 1, info: 2 } as const;

export function Problems() {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked.diagnostics);
  const ran = useSessionState((s) => s.run.diagnostics);
  const all = [...ran, ...checked].sort((a, b) => order[a.severity] - order[b.severity]);
  if (all.length === 0) {
    const empty = Object.keys(document.nodes).length === 0;
    return <p className="dock-empty">{t(empty ? dock.emptyGraph : dock.noProblems)}</p>;
  }
  const whereOf = ({ node, edge }: Diagnostic): string => {
    if (node !== undefined) return nodeTitle(document, node, locale);
    if (edge === undefined) return '';
    const { way, id } = locate(document, edge);
    const end = levelAt(document, way)?.graph.edges[id]?.to.node;
    return end === undefined ? '' : nodeTitle(document, pathAt(document, { way, id: end }), locale);
  };
  return (
    <ul className="problems">
      {all.map((d, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diagnostic has no identity of its own.
        <li key={i}>
          <DiagnosticCard diagnostic={d} where={whereOf(d)} />
        </li>
      ))}
    </ul>
  );
}

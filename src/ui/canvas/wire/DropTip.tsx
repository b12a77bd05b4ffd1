/** Beside a node that is held over a wire: between which two it would go, or that it does not fit there. */
import { fill } from '../../../base/text.ts';
import { titleIn } from '../../parts/node-title.ts';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import { useStoreValue } from '../model/stores.ts';

export function DropTip() {
  const { hover, editor, locale } = useCanvas();
  const drop = useStoreValue(hover, (h) => h.drop);
  const { document, view } = editor.getState();
  const edge = drop && view.graph.edges[drop.edge];
  if (!drop || !edge) return null;
  const title = (node: string) => titleIn(document, view.graph.nodes, node, locale);
  const ends = { from: title(edge.from.node), to: title(edge.to.node) };
  return (
    <div
      className={`tl-tip tl-tip-${drop.fits ? 'fits' : 'misfit'}`}
      style={{ left: drop.at.x, top: drop.at.y }}
      role="status"
    >
      <span aria-hidden="true">{drop.fits ? '✓' : '!'}</span>{' '}
      {fill(drop.fits ? strings.goesBetween : strings.notBetween, ends)[locale]}
    </div>
  );
}

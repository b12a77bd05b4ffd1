/** One node of the contraction tree: a tensor, a pair with its share of the cost, or a folded part. */
import type { PointerEvent } from 'react';
import { useT } from '../locale.ts';
import { words } from './plan-strings.ts';
import type { Placed } from './tree-layout.ts';

interface TreeNodeProps {
  readonly placed: Placed;
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly crowded: boolean;
  /** Part of all operations; undefined for a tensor that is given. */
  readonly share: number | undefined;
  readonly className: string;
  readonly tabIndex: number;
  readonly onFocus: () => void;
  readonly onPointerDown: (event: PointerEvent<SVGGElement>) => void;
  readonly onDoubleClick: () => void;
}

/** Names longer than this end in dots; the whole is in the title. */
const longest = 9;

export function TreeNode({ placed, x, y, name, crowded, share, ...rest }: TreeNodeProps) {
  const t = useT();
  const short = name.length > longest ? `${name.slice(0, longest - 1)}…` : name;
  const onGround = share === undefined || placed.folded > 0;
  const r = crowded ? 4 : 6;
  const folded = placed.folded > 0 ? t(words.folded, { count: placed.folded - 1 }) : '';
  return (
    <g
      role="treeitem"
      aria-label={[name, folded].filter(Boolean).join(', ')}
      data-node={placed.node}
      {...rest}
    >
      <title>{placed.folded > 0 ? t(words.unfold, { count: placed.folded }) : name}</title>
      <circle className="plan-touch" cx={x} cy={y} r={crowded ? 8 : 14} />
      {share === undefined ? (
        <rect x={x - r} y={y - r} width={2 * r} height={2 * r} rx={2} />
      ) : placed.folded > 0 ? (
        <path d={`M${x} ${y - 1.3 * r}L${x + 1.4 * r} ${y + r}H${x - 1.4 * r}Z`} />
      ) : (
        <>
          <circle cx={x} cy={y} r={r} />
          <circle className="plan-heat" cx={x} cy={y} r={r} fillOpacity={share} />
        </>
      )}
      {crowded && onGround ? (
        <text className="upright" transform={`translate(${x + 3.5} ${y + 11})rotate(-90)`}>
          {placed.folded > 0 ? `+${placed.folded}` : short}
        </text>
      ) : (
        <text x={x} y={onGround ? y + 19 : y - 10}>
          {placed.folded > 0 ? `+${placed.folded}` : short}
        </text>
      )}
    </g>
  );
}

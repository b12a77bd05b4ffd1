/**
 * The contraction tree, drawn: tensors below, what pairs make above. A node dragged onto another, or carried
 * there by keyboard, is contracted with it first; what that would cost is told before it is let go.
 */
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { type ExplainedStep, pricePath, regraft, type SsaPath } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import { operations } from './figures.ts';
import { words } from './strings.ts';
import { layOutTree, type Placed } from './tree-layout.ts';
import type { DrawnNetwork } from './use-network.ts';
import { useSize } from './use-size.ts';

interface TreeProps {
  readonly drawn: DrawnNetwork;
  readonly names: readonly string[];
  readonly path: SsaPath;
  readonly steps: readonly ExplainedStep[];
  readonly order: string;
  /** The step that is looked at. */
  readonly at: number;
  readonly onAt: (step: number) => void;
  readonly onPath: (path: SsaPath) => void;
}

/** In pixels. */
const unmeasured = { width: 520, height: 230 };
const margin = { x: 30, top: 24, bottom: 30 };

/** With more tensors than fit side by side, their names stand upright, and pairs are named only when looked at. */
const crowd = 12;

interface Move {
  readonly node: number;
  readonly onto: number | undefined;
  /** Where the pointer is; undefined by keyboard. */
  readonly x?: number;
  readonly y?: number;
}

export function Tree({ drawn, names, path, steps, order, at, onAt, onPath }: TreeProps) {
  const t = useT();
  const { network } = drawn;
  const n = network.inputs.length;
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [move, setMove] = useState<Move>();
  const [focus, setFocus] = useState(n + path.length - 1);
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(svg, unmeasured);
  const placed = useMemo(() => layOutTree(n, path, unfolded), [n, path, unfolded]);
  const byNode = new Map(placed.map((p) => [p.node, p]));
  const crowded = placed.filter((p) => p.node < n || p.folded > 0).length > crowd;
  const focused = byNode.has(focus) ? focus : n + path.length - 1;

  const px = (p: Placed) => margin.x + p.x * (width - 2 * margin.x);
  const py = (p: Placed) => margin.top + p.y * (height - margin.top - margin.bottom - (crowded ? 26 : 0));
  const nameOf = (v: number): string =>
    v < n ? (names[v] as string) : (steps[v - n]?.result ?? []).map((l) => drawn.indices[l]).join(' ') || '1';

  const target = move?.onto === undefined ? undefined : regraft(n, path, move.node, move.onto);
  const cost = target && pricePath(network, target).flops;
  const told =
    move &&
    (move.onto === undefined || move.onto === move.node
      ? t(words.pickedUp, { node: nameOf(move.node) })
      : cost === undefined
        ? t(words.cannot, { node: nameOf(move.node), other: nameOf(move.onto) })
        : t(words.wouldCost, { node: nameOf(move.node), other: nameOf(move.onto), cost: operations(cost) }));

  const unfold = (v: number) => setUnfolded(new Set([...unfolded, v]));

  function put(): void {
    if (target) onPath(target);
    setMove(undefined);
  }

  /** The place of the pointer in the drawing, and the node that is nearest to it. */
  function under(event: PointerEvent): { x: number; y: number; nearest: number | undefined } {
    const matrix = svg.current?.getScreenCTM()?.inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix ?? new DOMMatrix());
    const far = (p: Placed) => Math.hypot(px(p) - x, py(p) - y);
    const near = placed.filter((p) => p.node !== move?.node && far(p) < 30).sort((p, q) => far(p) - far(q));
    return { x, y, nearest: near[0]?.node };
  }

  /** The node that the arrow keys lead to: along a row, up to the pair, down to its first half. */
  function beside(from: number, key: string): number | undefined {
    const here = byNode.get(from);
    if (!here) return undefined;
    if (key === 'ArrowUp') return here.parent >= 0 ? here.parent : undefined;
    const below = placed.filter((p) => p.parent === from).sort((p, q) => p.x - q.x);
    if (key === 'ArrowDown') return below[0]?.node;
    const ahead = placed.filter((p) => (key === 'ArrowRight' ? p.x > here.x + 1e-9 : p.x < here.x - 1e-9));
    const off = (p: Placed) => Math.abs(p.x - here.x) + 2 * Math.abs(p.y - here.y);
    return ahead.sort((p, q) => off(p) - off(q))[0]?.node;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key.startsWith('Arrow')) {
      const next = beside(move?.onto ?? focused, event.key);
      event.preventDefault();
      if (next === undefined) return;
      if (move) setMove({ ...move, onto: next });
      else focusOn(next);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (move) put();
      else setMove({ node: focused, onto: undefined });
    } else if (event.key === '+' && (byNode.get(focused)?.folded ?? 0) > 0) {
      unfold(focused);
    } else if (event.key === 'Escape' && move) {
      event.stopPropagation();
      setMove(undefined);
    }
  }

  function focusOn(v: number): void {
    setFocus(v);
    if (v >= n) onAt(v - n);
    svg.current?.querySelector<SVGElement>(`[data-node="${v}"]`)?.focus();
  }

  return (
    <div className="plan-tree" role="tree" aria-label={t(words.tree, { order })} onKeyDown={onKeyDown}>
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        role="presentation"
        className={crowded ? 'crowded' : undefined}
        onPointerMove={(event) => {
          if (!move || move.x === undefined) return;
          const { x, y, nearest } = under(event);
          setMove({ ...move, x, y, onto: nearest });
        }}
        onPointerUp={() => move?.x !== undefined && put()}
        onPointerCancel={() => setMove(undefined)}
      >
        {placed.map((p) => {
          const up = byNode.get(p.parent);
          if (!up) return null;
          const mid = (py(p) + py(up)) / 2;
          const thick = 1 + Math.min(6, Math.log2(1 + elementsOf(drawn, steps, p.node)) / 4);
          return (
            <path
              key={p.node}
              className={move?.node === p.node ? 'plan-branch lifted' : 'plan-branch'}
              strokeWidth={thick}
              d={`M${px(p)} ${py(p)}C${px(p)} ${mid} ${px(up)} ${mid} ${px(up)} ${py(up)}`}
            />
          );
        })}
        {placed.map((p) => (
          <Node
            key={p.node}
            placed={p}
            x={px(p)}
            y={py(p)}
            name={nameOf(p.node)}
            crowded={crowded}
            share={p.node < n ? undefined : (steps[p.node - n]?.share ?? 0)}
            className={[
              'plan-node',
              p.node === n + at && 'at',
              p.node === move?.node && 'lifted',
              p.node === move?.onto && (target ? 'target' : 'refused'),
            ]
              .filter(Boolean)
              .join(' ')}
            tabIndex={p.node === focused ? 0 : -1}
            onFocus={() => setFocus(p.node)}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.focus();
              svg.current?.setPointerCapture(event.pointerId);
              const { x, y } = under(event);
              setMove({ node: p.node, onto: undefined, x, y });
              if (p.node >= n) onAt(p.node - n);
            }}
            onDoubleClick={() => p.folded > 0 && unfold(p.node)}
          />
        ))}
        {move?.x !== undefined && move.y !== undefined && (
          <circle className="plan-carried" cx={move.x} cy={move.y} r={7} />
        )}
      </svg>
      <p className={target ? 'plan-told good' : 'plan-told'} aria-live="polite">
        {told ?? t(words.treeHint)}
      </p>
    </div>
  );
}

/** Elements of a tensor or of what a pair makes. */
function elementsOf({ network }: DrawnNetwork, steps: readonly ExplainedStep[], v: number): number {
  const labels = network.inputs[v];
  if (!labels) return steps[v - network.inputs.length]?.elements ?? 1;
  return [...new Set(labels)].reduce((p, l) => p * (network.sizes[l] as number), 1);
}

interface NodeProps {
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

function Node({ placed, x, y, name, crowded, share, ...rest }: NodeProps) {
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

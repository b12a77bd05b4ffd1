/**
 * The contraction tree, drawn: tensors below, what pairs make above. A node dragged onto another, or carried
 * there by keyboard, is contracted with it first; what that would cost is told before it is let go.
 */
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { fill, type Text } from '../../base/text.ts';
import { type ExplainedStep, pricePath, regraft, type SsaPath } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import type { DrawnNetwork } from './drawn-network.ts';
import { operations } from './figures.ts';
import { words } from './plan-strings.ts';
import { TreeNode } from './TreeNode.tsx';
import { layOutTree, nodeBeside, type Placed } from './tree-layout.ts';
import { useSize } from './use-size.ts';

interface TreeProps {
  readonly drawn: DrawnNetwork;
  readonly names: readonly string[];
  readonly path: SsaPath;
  readonly steps: readonly ExplainedStep[];
  readonly pathText: string;
  /** The step that is looked at. */
  readonly at: number;
  readonly onAt: (step: number) => void;
  readonly onPath: (path: SsaPath) => void;
}

/** In pixels. */
const unmeasured = { width: 520, height: 230 };
const margin = { x: 30, top: 24, bottom: 30 };

/** With more tensors than fit side by side, their names stand upright, and pairs are named only when looked at. */
const mostNamed = 12;

/** How far from a node the pointer still means it, in pixels. */
const reach = 30;

interface Move {
  readonly node: number;
  readonly onto: number | undefined;
  /** Where the pointer is; undefined by keyboard. */
  readonly x?: number;
  readonly y?: number;
}

export function Tree({ drawn, names, path, steps, pathText, at, onAt, onPath }: TreeProps) {
  const t = useT();
  const n = drawn.network.inputs.length;
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [move, setMove] = useState<Move>();
  const [focus, setFocus] = useState(n + path.length - 1);
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(svg, unmeasured);
  const placed = useMemo(() => layOutTree(n, path, unfolded), [n, path, unfolded]);
  const byNode = new Map(placed.map((p) => [p.node, p]));
  const crowded = placed.filter((p) => p.node < n || p.folded > 0).length > mostNamed;
  const focused = byNode.has(focus) ? focus : n + path.length - 1;

  const px = (p: Placed) => margin.x + p.x * (width - 2 * margin.x);
  const py = (p: Placed) => margin.top + p.y * (height - margin.top - margin.bottom - (crowded ? 26 : 0));
  const nameOf = (v: number): string =>
    v < n ? (names[v] as string) : (steps[v - n]?.result ?? []).map((l) => drawn.indices[l]).join(' ') || '1';

  const target = move?.onto === undefined ? undefined : regraft(n, path, move.node, move.onto);
  const cost = target && pricePath(drawn.network, target).flops;
  const told = move && t(moveText(move, nameOf, cost));
  const elementsAt = (v: number) => elementsOf(drawn, steps, v);

  const unfold = (v: number) => setUnfolded(new Set([...unfolded, v]));

  function put(): void {
    if (target) onPath(target);
    setMove(undefined);
  }

  const under = (event: PointerEvent) => {
    const { x, y } = pointIn(svg.current, event);
    return { x, y, onto: nearestTo(placed, (p) => Math.hypot(px(p) - x, py(p) - y), move?.node) };
  };

  function focusOn(v: number): void {
    setFocus(v);
    if (v >= n) onAt(v - n);
    svg.current?.querySelector<SVGElement>(`[data-node="${v}"]`)?.focus();
  }

  return (
    <div
      className="plan-tree"
      role="tree"
      aria-label={t(words.tree, { path: pathText })}
      onKeyDown={treeKeys({ placed, at: move?.onto ?? focused, move, setMove, put, focusOn, unfold })}
    >
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        role="presentation"
        className={crowded ? 'crowded' : undefined}
        onPointerMove={(event) => {
          if (!move || move.x === undefined) return;
          setMove({ ...move, ...under(event) });
        }}
        onPointerUp={() => move?.x !== undefined && put()}
        onPointerCancel={() => setMove(undefined)}
      >
        <Branches {...{ placed, byNode, px, py, lifted: move?.node }} elements={elementsAt} />
        {placed.map((p) => (
          <TreeNode
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
              setMove({ node: p.node, onto: undefined, ...pointIn(svg.current, event) });
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

interface TreeKeys {
  readonly placed: readonly Placed[];
  /** The node that has the focus, or that a move is held over. */
  readonly at: number;
  readonly move: Move | undefined;
  readonly setMove: (move: Move | undefined) => void;
  readonly put: () => void;
  readonly focusOn: (v: number) => void;
  readonly unfold: (v: number) => void;
}

/** Arrows walk, the space bar picks up and puts down, + unfolds, Escape gives up. */
const treeKeys =
  ({ placed, at, move, setMove, put, focusOn, unfold }: TreeKeys) =>
  (event: KeyboardEvent): void => {
    if (event.key.startsWith('Arrow')) {
      const next = nodeBeside(placed, at, event.key);
      event.preventDefault();
      if (next === undefined) return;
      if (move) setMove({ ...move, onto: next });
      else focusOn(next);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (move) put();
      else setMove({ node: at, onto: undefined });
    } else if (event.key === '+' && placed.some((p) => p.node === at && p.folded > 0)) {
      unfold(at);
    } else if (event.key === 'Escape' && move) {
      event.stopPropagation();
      setMove(undefined);
    }
  };

/** The place of a pointer in the drawing. */
function pointIn(svg: SVGSVGElement | null, { clientX, clientY }: PointerEvent): { x: number; y: number } {
  const matrix = svg?.getScreenCTM()?.inverse() ?? new DOMMatrix();
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return { x, y };
}

/** The node with the least distance, within reach. */
const nearestTo = (
  placed: readonly Placed[],
  distance: (p: Placed) => number,
  except: number | undefined,
): number | undefined =>
  placed.filter((p) => p.node !== except && distance(p) < reach).sort((p, q) => distance(p) - distance(q))[0]
    ?.node;

/** What is told of a move: what is picked up, and what it would cost to contract it there. */
function moveText({ node, onto }: Move, nameOf: (v: number) => string, cost: number | undefined): Text {
  if (onto === undefined || onto === node) return fill(words.pickedUp, { node: nameOf(node) });
  const values = { node: nameOf(node), other: nameOf(onto) };
  return cost === undefined
    ? fill(words.cannot, values)
    : fill(words.wouldCost, { ...values, cost: operations(cost) });
}

interface BranchesProps {
  readonly placed: readonly Placed[];
  readonly byNode: ReadonlyMap<number, Placed>;
  readonly px: (p: Placed) => number;
  readonly py: (p: Placed) => number;
  /** The node that is being moved. */
  readonly lifted: number | undefined;
  readonly elements: (v: number) => number;
}

/** From each node to the pair that it goes into, as thick as it has elements. */
function Branches({ placed, byNode, px, py, lifted, elements }: BranchesProps) {
  return placed.map((p) => {
    const up = byNode.get(p.parent);
    if (!up) return null;
    const mid = (py(p) + py(up)) / 2;
    return (
      <path
        key={p.node}
        className={lifted === p.node ? 'plan-branch lifted' : 'plan-branch'}
        strokeWidth={1 + Math.min(6, Math.log2(1 + elements(p.node)) / 4)}
        d={`M${px(p)} ${py(p)}C${px(p)} ${mid} ${px(up)} ${mid} ${px(up)} ${py(up)}`}
      />
    );
  });
}

/** Elements of a tensor or of what a pair makes. */
function elementsOf({ network }: DrawnNetwork, steps: readonly ExplainedStep[], v: number): number {
  const labels = network.inputs[v];
  if (!labels) return steps[v - network.inputs.length]?.elements ?? 1;
  return [...new Set(labels)].reduce((p, l) => p * (network.sizes[l] as number), 1);
}

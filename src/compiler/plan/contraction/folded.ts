/**
 * A product whose windows are added up where they overlap: the gradient of a convolution by its input.
 * Windows at one offset never meet, so each offset is a product of its own that adds to a strided part of
 * the result; the tensor of all windows, several times as large as the result, is never made.
 */
import type { ContractOp, FoldOp, Program, ValueId } from '../../../ir/program.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { denseStrides, type View } from '../view.ts';
import { diagonal, fixed, type Labelled, stridesOf } from './labelled.ts';
import { dense } from './orders.ts';
import { arrange, extents, pushProduct } from './product.ts';

/** An axis of the result: a label of the product, or positions and offsets of windows added up. */
type Axis = number | { readonly position: number; readonly offset: number; readonly fold: FoldOp };

export interface Folded {
  readonly product: ContractOp;
  readonly axes: readonly Axis[];
  /** The values that are never stored: the product, and what lies between it and the result. */
  readonly inside: readonly ValueId[];
}

/** The folds whose argument is a product that nobody else reads. */
export function findFolded(program: Program, uses: readonly number[]): Map<ValueId, Folded> {
  const found = new Map<ValueId, Folded>();
  for (const [id, op] of program.ops.entries()) {
    if (op.kind !== 'fold') continue;
    const folded = read(program, uses, id);
    if (folded === undefined) continue;
    for (const value of folded.inside) found.delete(value);
    found.set(id, folded);
  }
  return found;
}

/** A value as a product whose axes were permuted and folded; undefined where it is none. */
function read(program: Program, uses: readonly number[], id: ValueId): Folded | undefined {
  const op = program.ops[id];
  if (op?.kind === 'contract' && op.args.length === 2) {
    const isPlain = new Set(op.output).size === op.output.length;
    return isPlain ? { product: op, axes: op.output, inside: [] } : undefined;
  }
  const source = op?.kind === 'fold' ? op.arg : op?.kind === 'contract' ? op.args[0] : undefined;
  if (op === undefined || source === undefined || uses[source] !== 1) return undefined;
  const inner = read(program, uses, source);
  if (inner === undefined) return undefined;
  const inside = [...inner.inside, source];
  if (op.kind === 'fold') {
    const [position, offset] = inner.axes.slice(op.axis, op.axis + 2);
    if (typeof position !== 'number' || typeof offset !== 'number') return undefined;
    return { ...inner, axes: inner.axes.toSpliced(op.axis, 2, { position, offset, fold: op }), inside };
  }
  if (op.kind !== 'contract' || op.args.length !== 1 || op.scale !== 1) return undefined;
  const [labels = []] = op.inputs;
  const isPermutation =
    labels.length === op.output.length && new Set([...labels, ...op.output]).size === labels.length;
  if (!isPermutation || new Set(op.output).size !== labels.length) return undefined;
  return { ...inner, axes: op.output.map((label) => inner.axes[labels.indexOf(label)] as Axis), inside };
}

/** Products of their own for more offsets than this take longer to describe than they save. */
const MOST_OFFSETS = 49;
/** Cycles to add an element of a window to the result, afterwards. */
const ADDING = 2;

/** The result, if it is cheaper so than by way of all windows; else undefined, and no step is added. */
export function planFolded(
  plan: PlanBuilder,
  { product, axes }: Folded,
  shape: readonly number[],
  views: readonly View[],
): View | undefined {
  const { sizes, scale, output } = product;
  const [a, b] = views.map((view, k) => diagonal(view, product.inputs[k] as readonly number[])) as [
    Labelled,
    Labelled,
  ];
  const labels = new Set([...a.labels, ...b.labels]);
  if (output.some((label) => !labels.has(label))) return undefined;
  const offsets = axes.flatMap((axis) => (typeof axis === 'number' ? [] : [axis.offset]));
  const places = offsets.reduce((n, label) => n * (sizes[label] as number), 1);

  // The result as the product sees it: a stride for each label.
  const along = denseStrides(shape);
  const seen = axes.flatMap((axis, d): (readonly [label: number, stride: number])[] => {
    const stride = along[d] as number;
    if (typeof axis === 'number') return [[axis, stride]];
    const { position, offset, fold } = axis;
    return [
      [position, stride * fold.stride],
      [offset, stride * fold.dilation],
    ];
  });
  const names = seen.map(([label]) => label);
  const window = {
    labels: names,
    view: {
      buffer: -1,
      offset: 0,
      shape: names.map((label) => sizes[label] as number),
      strides: seen.map(([, stride]) => stride),
    },
  };
  const at = (f: Labelled, point: readonly number[]) =>
    offsets.reduce((g, label, d) => fixed(g, label, point[d] as number), f);
  const first = [a, b, window].map((f) =>
    stridesOf(
      at(
        f,
        offsets.map(() => 0),
      ),
    ),
  ) as [ReturnType<typeof stridesOf>, ReturnType<typeof stridesOf>, ReturnType<typeof stridesOf>];
  const { m, n, k } = extents(first[0], first[1], first[2].labels, sizes);
  if (Math.min(m, n, k) < 2 || places > MOST_OFFSETS) return undefined;
  const one = arrange(...first, sizes);
  const whole = arrange(stridesOf(a), stridesOf(b), dense(output, sizes), sizes);
  const elements = output.reduce((product, label) => product * (sizes[label] as number), 1);
  if (places * one.cost >= whole.cost + ADDING * elements) return undefined;

  const out = plan.allocate(shape);
  plan.push({ kind: 'fill', out: out.buffer, value: 0, flops: 0 });
  const target = { ...window, view: { ...window.view, buffer: out.buffer } };
  const visit = (point: readonly number[]): void => {
    const label = offsets[point.length];
    if (label === undefined)
      pushProduct(plan, at(a, point), at(b, point), at(target, point), one, {
        sizes,
        scale,
        accumulate: true,
      });
    else for (let place = 0; place < (sizes[label] as number); place++) visit([...point, place]);
  };
  visit([]);
  return out;
}

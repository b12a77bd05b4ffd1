/**
 * What a program takes in beside its state: columns of data sets, which are resident while the numbers of the
 * rows that a step takes are fed, tensors that are given from outside, and such as are drawn once for a run.
 */
import { portKey } from '../base/path.ts';
import type { BoundType } from '../catalogue/bound.ts';
import type { Builder } from '../ir/builder.ts';
import { elements, type ValueId } from '../ir/program.ts';
import type { TensorType } from '../tensor/axis.ts';
import type { Analysis } from './analyse.ts';
import type { ResolvedNode } from './check/resolve.ts';
import type { DataSpec, DrawnSpec, FeedSpec } from './types.ts';

interface Declared {
  readonly spec: DataSpec & {
    readonly columns: Record<string, string>;
    readonly widths: Record<string, number>;
  };
  /** The feed of row numbers. */
  readonly indices: ValueId;
}

export class DataInputs {
  readonly #ir: Builder;
  readonly #nodes = new Map<string, Declared>();
  readonly #fed: ReadonlySet<string>;
  readonly feeds: FeedSpec[] = [];
  readonly #drawn = new Map<string, { readonly spec: DrawnSpec; readonly value: ValueId }>();

  /** `fed`: keys of the columns that are given from outside instead of read. */
  constructor(ir: Builder, fed: ReadonlySet<string> = new Set()) {
    this.#ir = ir;
    this.#fed = fed;
  }

  /** A tensor that is given from outside. `standIn`: its numbers until then; zeros when left out. */
  feed(name: string, shape: readonly number[], standIn?: readonly number[]): ValueId {
    this.feeds.push({ name, shape, standIn });
    return this.#ir.input(name, shape, 'feed');
  }

  /** Numbers that are drawn once for a run; the same value each time it is asked for a stream. */
  drawn(stream: string, fill: DrawnSpec['fill'], shape: readonly number[]): ValueId {
    const known = this.#drawn.get(stream);
    if (known) return known.value;
    const spec = { name: portKey(stream, 'drawn'), shape, fill, stream };
    const value = this.#ir.input(spec.name, shape, 'data');
    this.#drawn.set(stream, { spec, value });
    return value;
  }

  /** The output of a prior, where samples of it are given in place of what it reads. */
  drawnInstead(
    { id, definition }: ResolvedNode,
    { inferred }: Pick<Analysis, 'inferred'>,
    bind: (type: TensorType) => BoundType,
  ): Readonly<Record<string, ValueId>> | undefined {
    const [key, type] = [portKey(id, 'y'), inferred(id)?.outputs.y];
    if (!definition.draws || !type || !this.#fed.has(key)) return undefined;
    const shape = bind(type).axes.map(({ size }) => size);
    return { y: this.feed(key, shape) };
  }

  get drawnSpecs(): readonly DrawnSpec[] {
    return [...this.#drawn.values()].map(({ spec }) => spec);
  }

  get specs(): readonly DataSpec[] {
    return [...this.#nodes.values()].map(({ spec }) => spec);
  }

  /** This step's rows of a column, in the shape that the output has: the batch first. */
  rows(node: ResolvedNode, column: string, shape: readonly number[]): ValueId {
    const name = portKey(node.id, column);
    if (this.#fed.has(name)) return this.feed(name, shape);
    const [batch = 1, ...row] = shape;
    const { spec, indices } = this.#declare(node, batch);
    spec.columns[column] = name;
    spec.widths[column] = elements(row);
    return this.#ir.gather(this.#ir.input(name, [spec.rows, ...row], 'data'), indices);
  }

  #declare({ id: node, definition, params }: ResolvedNode, batch: number): Declared {
    const known = this.#nodes.get(node);
    if (known) return known;
    const read = definition.dataset?.(params);
    if (!read) throw new Error(`internal: ${node} reads data it does not declare`);
    const { name: dataset, batch: _, text: __, ...header } = read;
    const indices = portKey(node, 'indices');
    const declared = {
      spec: { ...header, node, dataset, batch, columns: {}, widths: {}, indices },
      indices: this.#ir.input(indices, [batch], 'feed'),
    };
    this.#nodes.set(node, declared);
    return declared;
  }
}

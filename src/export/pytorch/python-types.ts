/** Types of values under the sizes of a document, and which of their sizes depend on those of batches. */
import type { PortRef } from '../../base/edit.ts';
import { type PathText, portKey, readPortKey } from '../../base/path.ts';
import type { BoundType } from '../../catalogue/bound.ts';
import { type Analysis, bind } from '../../compiler/analyse.ts';
import { batchSymbol } from '../../compiler/evaluations.ts';
import type { TensorType } from '../../tensor/axis.ts';
import { format } from '../../tensor/size.ts';

export class PythonTypes {
  readonly #analysis: Analysis;
  /** Sizes as they are, and as they would be in batches of another size. */
  readonly #dims: ReadonlyMap<string, number>;
  readonly #others: ReadonlyMap<string, number>;
  /** Values by which something is differentiated, by key. */
  readonly #variables = new Set<string>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.#dims = analysis.sizes.dims;
    const others = new Map(this.#dims);
    for (const path of analysis.order) {
      const { definition, params } = analysis.node(path) ?? {};
      const data = definition?.dataset?.(params);
      const symbol = data && batchSymbol(data.batch, analysis.flat.inside(path)?.scope);
      if (symbol !== undefined) others.set(symbol, (this.#dims.get(symbol) ?? 1) + 1);
    }
    this.#others = others;
  }

  bound(type: TensorType): BoundType {
    return bind(type, this.#analysis, this.#dims);
  }

  /** Whether a size is another where batches are; by how much it grows with each row. */
  growth(type: TensorType | undefined, axis: number): number {
    if (!type) return 0;
    const size = (dims: ReadonlyMap<string, number>) =>
      bind(type, this.#analysis, dims).axes[axis]?.size ?? 0;
    return size(this.#others) - size(this.#dims);
  }

  outputType(key: string): TensorType | undefined {
    const { node, port } = readPortKey(key);
    return this.#analysis.inferred(node)?.outputs[port];
  }

  /** `  # batch B, h 32`: sizes that depend on the batch as they are written. */
  commentOf(type: TensorType | undefined): string {
    if (!type || type.axes.length === 0) return '';
    const sizes = this.bound(type).axes.map(({ name, size }, d) => {
      const axis = type.axes[d];
      return `${name} ${axis && this.growth(type, d) !== 0 ? format(axis.size) : size}`;
    });
    return `  # ${sizes.join(', ')}`;
  }

  /** Of what a node gives, or a use of a block. */
  comment(key: string | undefined, { flat, inferred }: Analysis): string {
    if (key === undefined) return '';
    const { node, port } = readPortKey(key);
    const inner = flat.use(node)?.outputs.find(({ name }) => name === port)?.node;
    return this.commentOf(inner === undefined ? inferred(node)?.outputs[port] : inferred(inner)?.outputs.out);
  }

  isVariable(key: string): boolean {
    return this.#variables.has(key);
  }

  markVariable(key: string): void {
    this.#variables.add(key);
  }
}

export const withGrad = `def with_grad(x):
    """x, such that derivatives can be taken by it."""
    return x if x.requires_grad else x.detach().requires_grad_()`;

/** Where a value is made that is differentiated by: blocks are seen through, repeats are not. */
export function variableOf(
  analysis: Analysis,
  path: PathText,
  port: string,
  given: (path: PathText) => PortRef,
): string | undefined {
  let ref = analysis.node(path)?.wires[port]?.from;
  while (ref) {
    const inside = analysis.flat.inside(ref.node);
    if (!inside?.port) break;
    if (inside.region?.path === inside.port.use && inside.port.kind === 'input')
      return portKey(ref.node, 'out');
    if (inside.region?.path === inside.port.use) return portKey(inside.port.use, inside.port.name);
    ref = given(ref.node);
  }
  return ref && portKey(ref.node, ref.port);
}

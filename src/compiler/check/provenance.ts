/**
 * Which sizes a node hands on from its inputs. Types that are equal are one object and do not tell, so the
 * node is inferred once more, from inputs whose sizes are all objects of their own: inference hands sizes on
 * as the objects they are. That is done only for what a diagnostic speaks of.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Axis, TensorType } from '../../tensor/axis.ts';
import type { Size } from '../../tensor/size.ts';
import type { Scope } from '../elaborate/scope.ts';
import { Inference } from './infer-node.ts';
import type { Inferred, InputAxis, Provenance } from './inferred.ts';
import type { Memo } from './node-kinds.ts';
import type { ResolvedNode } from './resolve.ts';

export class Provenances {
  readonly #inference = new Inference();
  readonly #known = new WeakMap<Inferred, Provenance>();

  /** `memo`: where it is kept for nodes like it, if it is. `dims`, `scope`: those that the node was inferred with. */
  of(
    node: ResolvedNode,
    inferred: Inferred,
    memo: Memo | undefined,
    dims: GraphDocument['dims'],
    scope: Scope | undefined,
  ): Provenance {
    const known = memo?.provenance ?? this.#known.get(inferred);
    if (known) return known;
    const found = this.#find(node, inferred, dims, scope);
    if (memo) memo.provenance = found;
    else this.#known.set(inferred, found);
    return found;
  }

  #find(
    node: ResolvedNode,
    inferred: Inferred,
    dims: GraphDocument['dims'],
    scope: Scope | undefined,
  ): Provenance {
    const places = new Map<Size, InputAxis>();
    const inputs: Record<string, TensorType> = {};
    for (const port in inferred.inputs) {
      const type = inferred.inputs[port] as TensorType;
      const axes = type.axes.map((axis, index): Axis => {
        const size = { terms: axis.size.terms };
        places.set(size, { port, index });
        return { ...axis, size };
      });
      inputs[port] = { ...type, axes };
    }
    const fresh = this.#inference.run(node, inputs, dims, scope);
    const placeOf = ({ size }: Axis) => places.get(size);
    const outputs: Record<string, readonly (InputAxis | undefined)[]> = {};
    for (const port in fresh.outputs) outputs[port] = (fresh.outputs[port] as TensorType).axes.map(placeOf);
    const statements = fresh.statements.map(({ left, right }) => ({
      left: placeOf(left),
      right: placeOf(right),
    }));
    return { outputs, statements };
  }
}

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
import type { Inferred } from './inferred.ts';
import type { ResolvedNode } from './resolve.ts';

/** An axis of an input, by port and place. */
export interface InputAxis {
  readonly port: string;
  readonly index: number;
}

/** Where each size comes from; undefined: the node made it. */
export interface Provenance {
  /** For each axis of each output. */
  readonly outputs: Readonly<Record<string, readonly (InputAxis | undefined)[]>>;
  /** For both sides of each statement. */
  readonly statements: readonly Readonly<Record<'left' | 'right', InputAxis | undefined>>[];
}

export class Provenances {
  readonly #inference = new Inference();
  readonly #known = new WeakMap<Inferred, Provenance>();

  /** `dims`, `scope`: those that the node was inferred with. */
  of(
    node: ResolvedNode,
    inferred: Inferred,
    dims: GraphDocument['dims'],
    scope: Scope | undefined,
  ): Provenance {
    const known = this.#known.get(inferred);
    if (known) return known;
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
    const found = { outputs, statements };
    this.#known.set(inferred, found);
    return found;
  }
}

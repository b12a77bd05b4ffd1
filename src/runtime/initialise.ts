/**
 * First values of a program's state. The numbers depend on the seed and the state's name alone; those of
 * all repeats of a block are one stream, so that a repeat's do not depend on how many follow it.
 */
import { keyFrom, normal, uniform } from '../base/random.ts';
import type { StateSpec } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';

/** Named state, row-major. */
export type State = ReadonlyMap<string, ArrayLike<number>>;

export const initialise = (specs: readonly StateSpec[], seed: number): State =>
  new Map(specs.map((spec) => [spec.name, firstValues(spec, seed)]));

function firstValues({ name, stream, shape, repeats, init }: StateSpec, seed: number): ArrayLike<number> {
  const n = elements(shape);
  const key = keyFrom(seed, 'state', stream);
  const scale = init.scale ?? 1;
  switch (init.kind) {
    case 'zeros':
      return new Float64Array(n);
    case 'ones':
      return new Float64Array(n).fill(1);
    case 'constant':
      return new Float64Array(n).fill(scale);
    case 'uniform':
      return uniform(key, n).map((u) => scale * (2 * u - 1));
    case 'normal':
      return normal(key, n).map((z) => scale * z);
    case 'values':
      return Array.from({ length: elements(repeats?.counts ?? []) }, () => init.values ?? []).flat();
    default:
      throw new Error(`internal: no initialiser "${init.kind}" for ${name}`);
  }
}

/**
 * Where the carries of a recurrence come from: a body may hand a carry on as it is, or to another, and give one value
 * twice. Written out by bare wires these are one value each, with one list of readers.
 */
import type { Op, ScanOp, ValueId } from './program.ts';
import { unpackScan } from './scan-parts.ts';

/** What a carry is at the beginning of an iteration. */
export type CarryOrigin =
  /** A value of the program around: a first value, or a constant. */
  | { readonly outer: ValueId }
  /** What the body gave as result `index`, `age` iterations before the one that has just ended. */
  | { readonly index: number; readonly age: number };

export interface Origins {
  /** Of carry k after `t` iterations. */
  at(k: number, t: number): CarryOrigin;
  /**
   * After so many iterations what the carries are no longer changes, but for when it was made; infinite where they
   * are handed on in a circle.
   */
  readonly settled: number;
}

export function originsOf(op: Pick<ScanOp, 'args' | 'body' | 'carries' | 'rows'>): Origins {
  const { carries, constants } = unpackScan(op);
  const results = op.body.outputs.slice(0, op.carries).map(({ value }) => value);
  const inputOf = (role: string, value: ValueId): number | undefined => {
    const input = op.body.ops[value] as Op;
    const [, is, index] = input.kind === 'input' ? (/^(\w+) (\d+)$/.exec(input.name) ?? []) : [];
    return is === role ? Number(index) : undefined;
  };
  const handed = results.map((value) => inputOf('carry', value));
  const given = results.map((value) => {
    const k = inputOf('constant', value);
    return k === undefined ? undefined : (constants[k] as ValueId);
  });
  const depths = results.map((_, k) => {
    let [at, depth] = [k, 0];
    for (; handed[at] !== undefined && handed[at] !== at; depth++) {
      if (depth > carries.length) return Number.POSITIVE_INFINITY;
      at = handed[at] as number;
    }
    return depth;
  });
  return {
    settled: Math.max(0, ...depths) + 1,
    at(k, t) {
      for (let age = 0; age < t; age++) {
        const outer = given[k];
        if (outer !== undefined) return { outer };
        const from = handed[k];
        if (from === undefined) return { index: results.indexOf(results[k] as ValueId), age };
        if (from === k) break;
        k = from;
      }
      return { outer: carries[k] as ValueId };
    },
  };
}

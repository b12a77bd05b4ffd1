/** What the checks of a document measure, as outputs of the program that is made for them. */
import { type PathText, portKey } from '../base/path.ts';
import type { MeasuredCheck } from '../catalogue/define.ts';
import type { Program, ValueId } from '../ir/program.ts';
import type { ResolvedNode } from './check/resolve.ts';
import type { RepeatIteration } from './elaborate/flat.ts';
import { everyIteration, type Frame } from './repeat/frame.ts';
import type { CheckSpec } from './types.ts';

export const isCheck = ({ definition }: Pick<ResolvedNode, 'definition'>): boolean =>
  definition.category === 'check';

const parts = ['value', 'theory', 'residual', 'tolerance', 'basis'] as const;

export class MeasuredChecks {
  readonly #found = new Map<PathText, Partial<Record<(typeof parts)[number], ValueId>>>();

  /** What a node has measured in a frame; in repeats there is one check for each iteration. */
  add(
    node: PathText,
    measured: MeasuredCheck,
    frame: Frame,
    root: Frame,
    iterations: readonly RepeatIteration[],
  ): void {
    for (const part of parts) {
      const value = measured[part];
      if (value === undefined) continue;
      frame.lift(value, (stacked) => {
        for (const { path, value: of } of everyIteration(root.ir, node, stacked, iterations))
          this.#found.set(path, { ...this.#found.get(path), [part]: of });
      });
    }
  }

  /** Names the values as outputs; in the order in which they were measured. */
  finish(outputs: Program['outputs'][number][]): readonly CheckSpec[] {
    return [...this.#found].map(([node, found]) => {
      const name = (part: (typeof parts)[number]) => {
        const value = found[part];
        if (value === undefined) return undefined;
        const output = `check:${portKey(node, part)}`;
        outputs.push({ name: output, value });
        return output;
      };
      return {
        node,
        value: name('value') as string,
        theory: name('theory'),
        residual: name('residual') as string,
        tolerance: name('tolerance') as string,
        basis: name('basis'),
      };
    });
  }
}

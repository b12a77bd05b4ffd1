/** Numbers that nodes give whatever is computed, as costs that follow from sizes: read off our own program. */
import { portKey } from '../../base/path.ts';
import type { Analysis } from '../../compiler/analyse.ts';
import { lower } from '../../compiler/lower.ts';
import type { Lowered } from '../../compiler/lowered.ts';
import type { ValueId } from '../../ir/program.ts';

export class KnownNumbers {
  readonly #analysis: Analysis;
  #lowered: Lowered | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** The scalar that an output is; undefined where it is computed. */
  at(node: string, port: string): number | undefined {
    this.#lowered ??= lower(this.#analysis, 'forward', { expose: 'all' });
    const { program, values } = this.#lowered;
    const name = values[portKey(node, port)];
    let value: ValueId | undefined = program.outputs.find((output) => output.name === name)?.value;
    while (value !== undefined) {
      const op = program.ops[value];
      if (op?.kind === 'contract' && op.args.length === 0) return op.scale;
      value = op?.kind === 'map' && op.expr.op === 'arg' ? op.args[op.expr.index] : undefined;
    }
    return undefined;
  }
}

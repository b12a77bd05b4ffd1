/** The names of the axes of a program's values, as far as they follow from those of its inputs. */
import type { Op, Program, ValueId } from '../../ir/program.ts';

type Names = readonly string[];

/** `known`: names that are given, by value. An axis whose name does not follow has the empty one. */
export function axisNames({ ops }: Program, known: ReadonlyMap<ValueId, Names>): readonly Names[] {
  const names: Names[] = [];
  for (const [id, op] of ops.entries()) names.push(known.get(id) ?? followed(op, names));
  return names;
}

const unnamed = ({ shape }: Op): Names => shape.map(() => '');

function followed(op: Op, names: readonly Names[]): Names {
  switch (op.kind) {
    case 'contract':
      return op.output.map((label) => {
        for (const [k, labels] of op.inputs.entries()) {
          const at = labels.indexOf(label);
          const name = at < 0 ? '' : names[op.args[k] as ValueId]?.[at];
          if (name) return name;
        }
        return '';
      });
    case 'map':
      return op.shape.map((_, axis) => {
        for (const [k, axes] of op.axes.entries()) {
          const at = axes.indexOf(axis);
          const name = at < 0 ? '' : names[op.args[k] as ValueId]?.[at];
          if (name) return name;
        }
        return '';
      });
    case 'reduce':
      return (names[op.arg] ?? []).filter((_, axis) => !op.axes.includes(axis));
    case 'slice':
    case 'pad':
      return names[op.arg] ?? unnamed(op);
    case 'concat':
      return names[op.args[0] as ValueId] ?? unnamed(op);
    default:
      return unnamed(op);
  }
}

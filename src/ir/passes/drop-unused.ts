/** Operations that no output and no update depends on disappear. */
import { argsOf, type Op, type Program, type ValueId } from '../program.ts';
import { withArgs, withResults } from '../rebuild.ts';

export function dropUnused(program: Program): Program {
  const needed = new Set<ValueId>([...program.outputs, ...program.updates].map((r) => r.value));
  for (let id = program.ops.length - 1; id >= 0; id--)
    if (needed.has(id)) for (const a of argsOf(program.ops[id] as Op)) needed.add(a);
  const ops: Op[] = [];
  const renamed = new Map<ValueId, ValueId>();
  const replace = (value: ValueId) => renamed.get(value) as ValueId;
  for (const [id, op] of program.ops.entries()) {
    if (!needed.has(id)) continue;
    renamed.set(id, ops.push(withArgs(op, replace)) - 1);
  }
  return withResults(program, ops, replace);
}

/** Operations that no output and no update depends on disappear. A state that is updated stays, read or not. */
import { argsOf, type Op, type Program, type ValueId } from '../program.ts';
import { withArgs, withResults } from '../rebuild.ts';

export function dropUnused(program: Program): Program {
  const updated = new Set(program.updates.map(({ state }) => state));
  const isNeeded = program.ops.map((op) => op.kind === 'input' && updated.has(op.name));
  for (const { value } of [...program.outputs, ...program.updates]) isNeeded[value] = true;
  for (let id = program.ops.length - 1; id >= 0; id--)
    if (isNeeded[id]) for (const a of argsOf(program.ops[id] as Op)) isNeeded[a] = true;
  if (isNeeded.every(Boolean)) return program;
  const ops: Op[] = [];
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const [id, op] of program.ops.entries())
    if (isNeeded[id]) renamed[id] = ops.push(withArgs(op, replace)) - 1;
  return withResults(program, ops, replace);
}

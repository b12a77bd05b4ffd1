/**
 * Operations that no output and no update depends on disappear. A state that is updated stays, read or not.
 * Recurrences give only what is read of them, and keep only the carries that it takes.
 */
import { argsOf, withArgs } from '../ops/index.ts';
import type { Op, Program, ScanOp, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { argumentsOfInputs, inputName } from '../scan-parts.ts';

export function dropUnused(program: Program): Program {
  const updated = new Set(program.updates.map(({ state }) => state));
  const isNeeded = program.ops.map((op) => op.kind === 'input' && updated.has(op.name));
  for (const { value } of [...program.outputs, ...program.updates]) isNeeded[value] = true;
  /** The results of each scan that are read, and what remains of it. */
  const read = new Map<ValueId, Set<number>>();
  const pruned = new Map<ValueId, Pruned>();
  for (let id = program.ops.length - 1; id >= 0; id--) {
    if (!isNeeded[id]) continue;
    let op = program.ops[id] as Op;
    if (op.kind === 'result') read.set(op.arg, (read.get(op.arg) ?? new Set()).add(op.index));
    if (op.kind === 'scan') {
      const rest = prune(op, read.get(id) ?? new Set());
      pruned.set(id, rest);
      op = rest.op;
    }
    for (const a of argsOf(op)) isNeeded[a] = true;
  }
  const isSame = [...pruned].every(([id, { op }]) => op === program.ops[id]);
  if (isNeeded.every(Boolean) && isSame) return program;
  const ops: Op[] = [];
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const [id, op] of program.ops.entries()) {
    if (!isNeeded[id]) continue;
    const index = op.kind === 'result' ? pruned.get(op.arg)?.places.get(op.index) : undefined;
    const rest = index === undefined ? (pruned.get(id)?.op ?? op) : { ...op, index };
    renamed[id] = ops.push(withArgs(rest as Op, replace)) - 1;
  }
  return withResults(program, ops, replace);
}

interface Pruned {
  readonly op: ScanOp;
  /** Where each result that was read is now. */
  readonly places: ReadonlyMap<number, number>;
}

function prune(op: ScanOp, read: ReadonlySet<number>): Pruned {
  const positions = argumentsOfInputs(op);
  const kept = new Set(read);
  // A carry is needed where it flows into what is needed.
  let needed: Set<number>;
  for (;;) {
    needed = inputsOf(op.body, kept, positions);
    const more = [...needed].filter((k) => k < op.carries && !kept.has(k));
    if (more.length === 0) break;
    for (const k of more) kept.add(k);
  }
  const outputs = op.body.outputs.filter((_, index) => kept.has(index));
  const args = op.args.flatMap((_, k) => ((k < op.carries ? kept : needed).has(k) ? [k] : []));
  const places = new Map([...kept].sort((a, b) => a - b).map((index, at) => [index, at]));
  const carries = args.filter((k) => k < op.carries).length;
  const rows = args.filter((k) => k >= op.carries && k < op.carries + op.rows).length;
  const names = new Map(args.map((k, at) => [inputName(op, k), inputName({ carries, rows }, at)]));
  const body = dropUnused({ ...op.body, outputs });
  const isWhole = outputs.length === op.body.outputs.length && args.length === op.args.length;
  if (isWhole && body.ops === op.body.ops) return { op, places };
  return {
    op: {
      ...op,
      args: args.map((k) => op.args[k] as ValueId),
      carries,
      rows,
      body: {
        ops: body.ops.map((o) => (o.kind === 'input' ? { ...o, name: names.get(o.name) as string } : o)),
        outputs: body.outputs.map((o, at) => ({
          ...o,
          name: at < carries ? `carry ${at}` : `out ${at - carries}`,
        })),
        updates: [],
      },
    },
    places,
  };
}

/** The positions of the arguments that some of a body's outputs depend on. */
function inputsOf(
  { ops, outputs }: Program,
  kept: ReadonlySet<number>,
  positions: ReadonlyMap<ValueId, number>,
): Set<number> {
  const reached = new Set(outputs.flatMap(({ value }, index) => (kept.has(index) ? [value] : [])));
  const found = new Set<number>();
  for (let id = ops.length - 1; id >= 0; id--) {
    if (!reached.has(id)) continue;
    for (const a of argsOf(ops[id] as Op)) reached.add(a);
    const position = positions.get(id);
    if (position !== undefined) found.add(position);
  }
  return found;
}

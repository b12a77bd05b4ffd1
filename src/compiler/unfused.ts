/** What a run that has gone wrong is looked at with: a program whose every operation is a step of its own. */
import type { RewriteName } from '../ir/passes/index.ts';
import type { Program } from '../ir/program.ts';
import type { Lowered } from './lowered.ts';
import { fusionNames } from './plan/fuse/index.ts';
import type { ChoiceName } from './plan/planner-choices.ts';
import { type ChoiceSpec, derivativeMark } from './types.ts';

/** Everything that makes one step of several operations; what only saves memory stays. */
export const fusing: readonly (RewriteName | ChoiceName)[] = [
  'mergeEqual',
  'simplify',
  'sinkReshapes',
  'mergeContractions',
  'signsOfResults',
  'fuseMaps',
  'hoistInvariants',
  'foldConstants',
  'fuseReductions',
  'foldProducts',
  ...fusionNames,
];

/** The output of such a program that holds the numbers at a port that choose. */
export const outputOfChoice = ({ node, port }: ChoiceSpec): string => `choice:${node}.${port}`;

/** The numbers of choices are outputs, and steps of derivatives say of what they are the derivative. */
export function forDiagnosis(lowered: Lowered): Lowered {
  const { program, choices } = lowered;
  const chosen = choices.map((choice) => ({ name: outputOfChoice(choice), value: choice.value }));
  return { ...lowered, program: { ...withDerivatives(program), outputs: [...program.outputs, ...chosen] } };
}

const withDerivatives = (program: Program): Program => ({
  ...program,
  ops: program.ops.map((op) => {
    const own = op.derives === undefined ? op : { ...op, source: `${derivativeMark}${op.derives}` };
    return own.kind === 'scan' ? { ...own, body: withDerivatives(own.body) } : own;
  }),
});

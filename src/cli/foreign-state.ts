/** Weights of another program for the graph of a command: `--from FILE --map MAP.json`; and what became of them, in words. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Outcome } from '../base/diagnostic.ts';
import { visible } from '../base/visible.ts';
import { type ForeignWeights, foreignWeights } from '../export/pytorch/foreign-weights.ts';
import type { TakenWeight, WeightMatch } from '../export/pytorch/match-weights.ts';
import { type Call, type CommandResult, type Option, textOption, UsageError } from './command.ts';
import { readBytes, readText } from './command-files.ts';
import type { Io } from './io.ts';

/** In place of a map: names, order and shapes tell. */
const AUTO = 'auto';

export const mapOption: Option = {
  type: 'string',
  value: 'MAP.json',
  help: 'the state is another program’s (safetensors): take what this map of names says, or “auto”: what names, order and shapes say',
};

/** Throws a UsageError where there is a map and no file; undefined where the call has no map. */
export async function loadForeign(
  call: Call,
  document: GraphDocument,
  io: Io,
): Promise<Outcome<ForeignWeights> | undefined> {
  const [map, from] = [textOption(call, 'map'), textOption(call, 'from')];
  if (map === undefined) return undefined;
  if (from === undefined) throw new UsageError('--map needs --from FILE to take weights from');
  return readForeign(document, from, map, io);
}

export async function readForeign(
  document: GraphDocument,
  file: string,
  map: string,
  io: Io,
): Promise<Outcome<ForeignWeights>> {
  const content = await readBytes(file, io);
  const names = map === AUTO ? undefined : await readText(map, io);
  if (names && names.value === undefined) return { diagnostics: names.diagnostics };
  return foreignWeights(document, { file, content }, names && { file: map, content: names.value as string });
}

const sized = ({ name, shape }: { readonly name: string; readonly shape: readonly number[] }) =>
  `${visible(name)} [${shape.join(', ')}]`;

function sourceText({ from, transpose, rows }: Pick<TakenWeight, 'from' | 'transpose' | 'rows'>): string {
  const names = from.map(visible).join(' + ');
  return `${names}${rows ? `, rows ${rows[0]} to ${rows[1] - 1}` : ''}${transpose ? ', transposed' : ''}`;
}

/** How many were taken, and what was not; with `isLong` every one. */
export function matchText({ taken, missing, left }: WeightMatch, isLong = false): string {
  const all = taken.length + missing.length;
  const by = (['map', 'name', 'order'] as const).flatMap((way) => {
    const count = taken.filter((one) => one.by === way).length;
    return count > 0 ? [`${count} by ${way}`] : [];
  });
  const shown = isLong ? taken : taken.filter(({ transpose }) => transpose);
  const told = [
    ...shown.map((one) => `  taken    ${sized(one)} from ${sourceText(one)}`),
    ...missing.map(
      (one) =>
        `  missing  ${sized(one)}${one.was ? `: ${one.from?.map(visible).join(' + ')} is [${one.was.join(', ')}]` : ''}`,
    ),
    ...left.map((one) => `  left     ${sized(one)}`),
  ];
  return [`took ${taken.length} of ${all} tensors${by.length > 0 ? `: ${by.join(', ')}` : ''}`, ...told].join(
    '\n',
  );
}

export const matchJson = ({ taken, missing, left }: WeightMatch) => ({ taken, missing, left });

/** The answer of a command that has begun with such weights. */
export const withMatch = <T extends Pick<CommandResult, 'text' | 'json'>>(
  answer: T,
  match: WeightMatch | undefined,
): T =>
  match
    ? {
        ...answer,
        json: { ...answer.json, weights: matchJson(match) },
        text: `${matchText(match)}\n${answer.text}`,
      }
    : answer;

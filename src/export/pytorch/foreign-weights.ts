/**
 * A file of tensors of another program, such as a `state_dict` of PyTorch as safetensors: what of it a graph takes, and
 * the state that comes of it.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { diagnose, type Outcome } from '../../base/diagnostic.ts';
import { text } from '../../base/text.ts';
import { runDefaults } from '../../compiler/index.ts';
import { readSafetensors } from '../../datasets/formats/safetensors.ts';
import { type Checkpoint, chooseDtype, type EngineKind, foreignCheckpoint } from '../../runtime/index.ts';
import { matchWeights, type WeightMatch } from './match-weights.ts';
import { takeWeights, weightTargets } from './take-weights.ts';
import { readWeightMap, type WeightMap, written } from './weight-map.ts';

export interface FileContent<T> {
  /** For messages. */
  readonly file: string;
  readonly content: T;
}

export interface ForeignWeights {
  readonly match: WeightMatch;
  /** The state to begin with. What is not in it begins with its first values. */
  checkpoint(engine: EngineKind, seed?: number): Checkpoint;
}

const unknownCure = text(
  'Name the tensors of this graph as its PyTorch export does: tensorloom weights GRAPH.json FILE lists them.',
  '请用本图的 PyTorch 导出中的名称：tensorloom weights GRAPH.json FILE 会列出它们。',
);

/** Codes: tensor-file, and those of the check. Without a map, names, order and shapes tell what is taken. */
export function foreignWeights(
  document: GraphDocument,
  weights: FileContent<Uint8Array>,
  map?: FileContent<string>,
): Outcome<ForeignWeights> {
  const wrong = (
    file: string,
    { error: detail, cure }: Exclude<ReturnType<typeof readWeightMap>, { value: unknown }>,
  ) => ({
    diagnostics: [diagnose('tensor-file', {}, { file, detail, cure })],
  });
  const read = readSafetensors(weights.content);
  if ('error' in read) return wrong(weights.file, read);
  const { tensors } = read.value;
  const mapped = map && readWeightMap(map.content);
  if (mapped && 'error' in mapped) return wrong(map.file, mapped);
  const { value: targets, diagnostics } = weightTargets(document);
  if (!targets) return { diagnostics };
  const file = [...tensors].map(([name, { shape }]) => ({ name, shape }));
  const match = matchWeights(targets, file, mapped?.value);
  const [unknown] = match.unknown;
  if (map && unknown !== undefined) {
    const error = text(`it names “${unknown}”, which is not in the graph`, `其中的 “${unknown}” 不在图中`);
    return wrong(map.file, { error, cure: unknownCure });
  }
  return {
    value: {
      match,
      checkpoint(engine, seed = document.run?.seed ?? runDefaults.seed) {
        const dtype = chooseDtype(engine.name, document);
        return foreignCheckpoint(takeWeights(targets, match.taken, tensors, dtype), { engine, seed, dtype });
      },
    },
    diagnostics: [],
  };
}

/** The map that says what was found, to be looked at and changed. */
export const mapOf = ({ taken }: WeightMatch): WeightMap =>
  Object.fromEntries(taken.map((weight) => [weight.name, written(weight)]));

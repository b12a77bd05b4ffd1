/** A bare tensor network in a file: `{ inputs: [["a","b"],["b","c"]], output: ["a","c"], sizes: { a: 2, … } }`. */
import { z } from 'zod';
import { parseJson } from '../../graph-schema/read-json.ts';
import { diagnose, type Outcome } from '../base/diagnostic.ts';
import { text } from '../base/text.ts';
import { refuse, validate } from '../base/validate.ts';
import type { Network } from '../contraction/index.ts';

const label = z.union([z.string(), z.int()]).transform(String);
/** A list of labels, or a string with one letter for each. */
const labels = z.union([z.array(label), z.string().transform((letters) => Array.from(letters))]);

/** As many tensors as the search finds a path for in a few seconds. */
const mostTensors = 10_000;
/** Labels of one tensor. */
const highestRank = 1000;

const tooManyIndices = refuse(text(`more than ${highestRank} indices`, `指标多于 ${highestRank} 个`));

const networkSchema = z.object({
  inputs: z
    .array(labels.refine((list) => list.length <= highestRank, tooManyIndices))
    .min(1)
    .max(mostTensors),
  output: labels,
  sizes: z.record(z.string(), z.int().min(1)),
});

export interface NamedNetwork {
  readonly network: Network;
  /** The label of each number in the network. */
  readonly names: readonly string[];
}

export function parseNetwork(source: string): Outcome<NamedNetwork> {
  const json = parseJson(source);
  if (json.diagnostics.length > 0) return { diagnostics: json.diagnostics };
  const parsed = validate(networkSchema, json.value);
  if ('faults' in parsed) {
    const diagnostics = parsed.faults.map(({ path, detail }) =>
      diagnose('document-shape', { path }, { at: path.join('.') || text('The network', '网络'), detail }),
    );
    return { diagnostics };
  }

  const { inputs, output, sizes } = parsed.value;
  const numbers = new Map<string, number>();
  for (const name of [...inputs.flat(), ...output]) if (!numbers.has(name)) numbers.set(name, numbers.size);
  const names = Array.from(numbers.keys());
  const operands = new Set(inputs.flat());
  const twice = output.find((name, i) => output.indexOf(name) !== i);
  const diagnostics = [
    ...(twice === undefined
      ? []
      : [
          diagnose(
            'document-shape',
            { axis: twice, path: ['output'] },
            { at: 'output', detail: text(`"${twice}" stands twice`, `“${twice}” 出现两次`) },
          ),
        ]),
    ...names
      .filter((name) => !Object.hasOwn(sizes, name))
      .map((name) =>
        diagnose(
          'document-shape',
          { path: ['sizes', name] },
          { at: `sizes.${name}`, detail: text('is missing', '缺失') },
        ),
      ),
    ...output
      .filter((name) => !operands.has(name))
      .map((name) => diagnose('index-unknown', { axis: name, path: ['output'] }, { index: name })),
  ];
  if (diagnostics.length > 0) return { diagnostics };
  const numbered = (list: readonly string[]) => list.map((name) => numbers.get(name) as number);
  return {
    value: {
      network: {
        inputs: inputs.map(numbered),
        output: numbered(output),
        sizes: names.map((name) => sizes[name] as number),
      },
      names,
    },
    diagnostics: [],
  };
}

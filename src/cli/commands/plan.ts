/** `tensorloom plan`: what a graph costs, step by step, before anything is computed; and better contraction paths, to keep. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/serialize.ts';
import { byteText } from '../../base/bytes.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { visible } from '../../base/visible.ts';
import { costsOf, type GraphCosts } from '../../compiler/graph-costs.ts';
import { compile, describePlan } from '../../compiler/index.ts';
import { pathObjectives } from '../../compiler/networks/choose-paths.ts';
import {
  describeNetworks,
  type NetworkSummary,
  programsOf,
} from '../../compiler/networks/describe-networks.ts';
import { improvable, improvePaths } from '../../compiler/networks/improve-paths.ts';
import { withFoundPaths } from '../../compiler/networks/kept-paths.ts';
import type { Dtype } from '../../ir/plan.ts';
import { chooseDtype } from '../../runtime/precision.ts';
import { during } from '../clock.ts';
import { type CliCommand, type CommandResult, choiceOption, numberOption, UsageError } from '../command.ts';
import { mustBeWritable, readGraph, writeFile } from '../command-files.ts';
import { chosenDtype, chosenEngine, dtypeOption, engineOption } from '../engine-options.ts';
import { figure, table } from '../format.ts';
import type { Io } from '../io.ts';
import { refusalWithFixes } from '../tried-fixes.ts';

/** How long `--keep` looks unless told, in seconds. */
const keepTime = 1;

export const plan: CliCommand = {
  usage: 'plan GRAPH.json',
  about: 'show what the graph costs, step by step, without running it',
  operands: { min: 1, max: 1 },
  options: {
    engine: engineOption,
    dtype: dtypeOption,
    time: { type: 'string', value: 'S', help: 'search for contraction paths for so many seconds' },
    keep: {
      type: 'boolean',
      help: 'write better contraction paths that are found into the file: runs then follow them',
    },
    objective: {
      type: 'string',
      value: 'NAME',
      help: 'what the path makes small: flops (the default), peak memory, or machine (estimated time)',
    },
    costs: {
      type: 'boolean',
      help: 'what each node takes: parameters, operations, memory, receptive field; nothing is allocated',
    },
    memory: { type: 'string', value: 'BYTES', help: 'refuse a plan that needs more than this' },
  },
  async run(call, io) {
    const time = numberOption(call, 'time', 'positive');
    const objective = choiceOption(call, 'objective', pathObjectives);
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const keep = call.options.keep === true;
    const path = call.operands[0] as string;
    if (keep && path === '-') throw new UsageError('--keep needs a file to write to');
    if (keep && objective !== undefined && objective !== 'flops')
      throw new UsageError('--keep keeps paths of few operations, and takes no other objective');

    if (keep) await mustBeWritable(path, io);
    const { value: document, diagnostics } = await readGraph(path, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const dtype = chooseDtype(chosenEngine(call), document, chosenDtype(call));
    if (call.options.costs === true) return priced(document, dtype, diagnostics);
    const kept = keep ? await keepBetter(document, path, time ?? keepTime, io) : undefined;
    const { value: compiled, diagnostics: said } = compile(kept?.document ?? document, {
      dtype,
      memoryLimit,
      pathSearch: { objective, ...(time !== undefined && !keep && { effort: during(time, io) }) },
    });
    const all = [...diagnostics, ...said];
    if (!compiled) return { ok: false, diagnostics: refusalWithFixes(document, all), json: {}, text: '' };

    const main = compiled.train ?? compiled.forward;
    const { steps, ...costs } = describePlan(main.plan, main.program);
    const programs = [compiled.train, ...compiled.evaluations, compiled.forward]
      .filter((program) => program !== undefined)
      .map((program) => ({ kind: program.kind, ...describePlan(program.plan, program.program) }));
    const networks = describeNetworks(compiled);
    return {
      ok: true,
      diagnostics: all,
      json: {
        program: main.kind,
        dtype,
        ...costs,
        steps: steps.map((step) => ({ ...step, text: step.text.en })),
        programs: programs.map((program) => ({ ...program, steps: program.steps.length })),
        networks: networks.map(networkJson),
        ...(kept && { kept: kept.count }),
      },
      text: [
        table([
          ['program', 'steps', 'flops', 'naive flops', 'peak', 'largest intermediate'],
          ...programs.map((p) => [
            p.kind,
            p.steps.length,
            figure(p.flops),
            figure(p.naiveFlops),
            byteText(p.peakBytes),
            `${figure(p.largestIntermediate)} elements`,
          ]),
        ]),
        networks.length > 0
          ? networksText(
              networks,
              programsOf(compiled).map(({ kind }) => kind),
            )
          : '',
        kept ? keptText(kept.count, path) : '',
        `The steps of ${main.kind}:`,
        table(
          steps.map((step, i) => [
            i,
            figure(step.flops),
            step.source ?? '',
            `${'  '.repeat(step.depth ?? 0)}${step.text.en}`,
          ]),
        ),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    };
  },
};

/** Counts of parameters are compared to the last one. */
const whole = (count: number): string => count.toLocaleString('en-US');

/** The cost card, also of what no memory here would hold. */
function priced(document: GraphDocument, dtype: Dtype, read: readonly Diagnostic[]): CommandResult {
  const { value: costs, diagnostics } = costsOf(document, { dtype });
  const all = [...read, ...diagnostics];
  if (!costs) return { ok: false, diagnostics: refusalWithFixes(document, all), json: {}, text: '' };
  const { nodes, parameters, weightBytes, inference, training } = costs;
  const row = (name: string, { operations, bytes }: GraphCosts['inference']) => [
    name,
    figure(operations),
    byteText(bytes),
  ];
  return {
    ok: true,
    diagnostics: all,
    json: { dtype, ...costs },
    text: [
      `${whole(parameters)} parameters, ${byteText(weightBytes)}`,
      table([
        ['', 'operations', 'memory'],
        row('inference', inference),
        ...(training ? [row('one training step', training)] : []),
      ]),
      table([
        ['node', 'parameters', 'operations', 'makes', 'sees'],
        ...nodes.map(({ node, parameters, operations, bytes, field }) => [
          node,
          parameters > 0 ? whole(parameters) : '',
          figure(operations),
          byteText(bytes),
          field?.join(' × ') ?? '',
        ]),
      ]),
    ].join('\n\n'),
  };
}

/** Looks longer where that may pay, also where there is too little memory, and writes what was found into the file. */
async function keepBetter(document: GraphDocument, path: string, time: number, io: Io) {
  const { value: compiled } = compile(document, { memoryLimit: Number.POSITIVE_INFINITY });
  const networks = compiled ? improvable(compiled, describeNetworks(compiled)) : [];
  const found = improvePaths(networks, during(time, io));
  const better = withFoundPaths(document, found);
  const count = Object.keys(found).length;
  if (count > 0) await writeFile(path, serialize(better), io);
  return { document: better, count };
}

const keptText = (count: number, path: string): string => {
  if (count === 0) return 'No better path was found; the file is as it was.';
  return `Wrote ${count === 1 ? 'a better path' : `${count} better paths`} into ${visible(path)}.`;
};

const networkJson = ({ nodes, programs, count, network, by, result, first }: NetworkSummary) => ({
  nodes,
  programs,
  count,
  tensors: network.inputs.length,
  pathBy: by,
  flops: result.flops,
  firstFlops: first.flops,
});

const origins = { node: "the node's", chosen: 'chosen', found: 'kept', search: 'first found' } as const;

function networksText(networks: readonly NetworkSummary[], kinds: readonly string[]): string {
  return [
    `The networks of ${kinds.join(' and ')}, the most expensive first:`,
    table([
      ['nodes', 'tensors', 'times', 'path', 'flops', 'first found', ''],
      ...networks.map(({ nodes, network, count, by, result, first }) => [
        nodes.join(', '),
        network.inputs.length,
        count,
        origins[by],
        figure(result.flops),
        figure(first.flops),
        result.flops < first.flops
          ? `${figure(Number((first.flops / result.flops).toPrecision(3)))}× fewer`
          : '',
      ]),
    ]),
  ].join('\n');
}

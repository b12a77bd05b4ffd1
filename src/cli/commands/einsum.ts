/** `tensorloom einsum`: a contraction of arrays from NumPy files. */
import { byteText } from '../../base/bytes.ts';
import { type Diagnostic, diagnose, type Outcome } from '../../base/diagnostic.ts';
import { visible } from '../../base/visible.ts';
import { describePlan, type PlanSummary } from '../../compiler/index.ts';
import {
  isEmpty,
  networkOf,
  operandName,
  planEinsum,
  readExpression,
  resultName,
} from '../../compiler/networks/plan-einsum.ts';
import { type Slices, slicesOf } from '../../compiler/networks/slice-operands.ts';
import type { TensorData } from '../../datasets/formats/elements.ts';
import { readNpy, shapeText, writeNpy } from '../../datasets/formats/npy.ts';
import { bytesOf, type Dtype, type Plan } from '../../ir/plan.ts';
import type { EngineName, Executable } from '../../numeric/engine.ts';
import { diagnosticOf, tooLarge } from '../../runtime/index.ts';
import { arrayText } from '../array-text.ts';
import { during } from '../clock.ts';
import {
  type Call,
  type CliCommand,
  type CommandResult,
  numberOption,
  textOption,
  UsageError,
} from '../command.ts';
import { mustBeWritable, mustNotOverwrite, readBytes, writeFile } from '../command-files.ts';
import { chosenDtype, chosenEngine, dtypeOption, engineOption } from '../engine-options.ts';
import { checkExact } from '../exact-integers.ts';
import { figure, table } from '../format.ts';
import type { Io } from '../io.ts';

/** A plan that needs more is refused unless --memory says otherwise: half of what WebAssembly can address. */
const defaultMemoryLimit = 2 ** 31;
/** Larger results are not printed as JSON. */
const PRINTED = 10_000;

export const einsum: CliCommand = {
  usage: 'einsum EXPR A.npy B.npy …',
  about:
    'contract arrays from NumPy files as numpy.einsum does: einsum ij,jk->ik A.npy B.npy -o C.npy; without an arrow the output is sorted: ba means ba->ab',
  operands: { min: 2, max: Number.POSITIVE_INFINITY },
  options: {
    output: { type: 'string', short: 'o', value: 'OUT.npy', help: 'write the result there' },
    plan: { type: 'boolean', help: 'print the steps, and what they cost' },
    engine: { ...engineOption, help: 'wasm (fast; the default) or reference (slow, plain loops)' },
    dtype: {
      ...dtypeOption,
      help: 'float32 or float64; the wider of the operands when left out, and for integers float64, exact up to 2^53',
    },
    time: { type: 'string', value: 'S', help: 'search for an order for about so many seconds' },
    memory: {
      type: 'string',
      value: 'BYTES',
      help: 'slice a contraction that needs more than this, or refuse it; default 2 GiB',
    },
  },
  async run(call, io) {
    const settings = settingsOf(call);
    const [written, ...paths] = call.operands as [string, ...string[]];
    const expression = readExpression(written, paths.length);
    if (!expression.value) return refused(expression.diagnostics);
    const { output } = settings;
    if (output !== undefined) {
      const read = [...new Set(paths)].map((path) => ({ role: 'the operand', path }));
      await mustNotOverwrite([{ role: '-o', path: output }], read, io);
      await mustBeWritable(output, io);
    }
    const arrays = await readArrays(paths, io);
    if (!arrays.value) return refused(arrays.diagnostics);
    const operands = arrays.value;
    const { value: network, diagnostics } = networkOf(expression.value, operands);
    if (!network) return refused(diagnostics);

    const { time } = settings;
    const { dtype: asked } = settings;
    const areIntegers = asked === undefined && operands.every((operand) => operand.areIntegers);
    const dtype = areIntegers ? 'float64' : (asked ?? widest(operands));
    const shape = network.output.map((label) => network.sizes[label] as number);
    const search = time === undefined ? undefined : during(time, io);
    const planned = planEinsum(network, dtype, search, settings.memoryLimit);
    const slices = slicesOf(network, planned.sliced);
    const { steps, ...costs } = inSlices(
      describePlan(planned.plan, planned.program),
      slices.count,
      shape,
      dtype,
    );
    const json = {
      shape,
      dtype,
      ...costs,
      ...(slices.count > 1 && { slices: slices.count }),
      ...(settings.plan && { steps: steps.map((step) => ({ ...step, text: step.text.en })) }),
    };
    const planText = settings.plan ? planTextOf({ steps, ...costs }, operands) : '';

    const carryOut = (given: readonly Operand[]) => compute(planned.plan, slices, given, settings, io);
    const computed = await carryOut(operands);
    const inexact = computed.value && areIntegers ? await checkExact(operands, network, carryOut) : [];
    if (!computed.value || inexact.length > 0)
      return { ok: false, diagnostics: [...computed.diagnostics, ...inexact], json, text: planText };
    const { data, seconds } = computed.value;
    if (output !== undefined) await writeFile(output, writeNpy({ shape, data }), io);
    const printed = output === undefined && data.length <= PRINTED;
    const result = output === undefined ? arrayText(shape, data) : `Wrote ${visible(output)}.`;
    const parts = slices.count > 1 ? ` in ${slices.count} slices` : '';
    const told = `${dtype} ${shapeText(shape)}, ${figure(costs.flops)} operations${parts} in ${seconds.toFixed(3)} s`;
    return {
      ok: true,
      diagnostics: [],
      json: {
        ...json,
        ...(output !== undefined && { output }),
        ...(printed && { data: [...data] }),
        seconds,
      },
      text: [planText, result, told].filter((part) => part !== '').join('\n\n'),
    };
  },
};

interface Settings {
  readonly output: string | undefined;
  readonly plan: boolean;
  readonly engine: EngineName;
  readonly dtype: Dtype | undefined;
  readonly time: number | undefined;
  readonly memoryLimit: number;
}

function settingsOf(call: Call): Settings {
  const output = textOption(call, 'output');
  if (output === '-') throw new UsageError('-o takes the name of a file; standard output is for reading');
  return {
    output,
    plan: call.options.plan === true,
    engine: chosenEngine(call),
    dtype: chosenDtype(call),
    time: numberOption(call, 'time', 'positive'),
    memoryLimit: numberOption(call, 'memory', 'positive') ?? defaultMemoryLimit,
  };
}

const refused = (diagnostics: readonly Diagnostic[]): CommandResult => ({
  ok: false,
  diagnostics,
  json: {},
  text: '',
});

type Operand = TensorData & { readonly name: string };

/** Each file once, however often it is named. */
async function readArrays(paths: readonly string[], io: Io): Promise<Outcome<readonly Operand[]>> {
  const arrays = new Map<string, Operand>();
  const diagnostics: Diagnostic[] = [];
  for (const name of new Set(paths)) {
    const read = readNpy(await readBytes(name, io));
    if ('error' in read)
      diagnostics.push(diagnose('tensor-file', {}, { file: name, detail: read.error, cure: read.cure }));
    else arrays.set(name, { ...read.value, name });
  }
  if (diagnostics.length > 0) return { diagnostics };
  return { value: paths.map((name) => arrays.get(name) as Operand), diagnostics };
}

const widest = (operands: readonly Operand[]): Dtype =>
  operands.some(({ data }) => data instanceof Float64Array) ? 'float64' : 'float32';

interface Computed {
  /** In the precision of the plan. */
  readonly data: TensorData['data'];
  readonly seconds: number;
}

/** Carries the plan out, when there is memory for it. */
async function compute(
  plan: Plan,
  slices: Slices,
  operands: readonly Operand[],
  { engine, memoryLimit }: Settings,
  io: Io,
): Promise<Outcome<Computed>> {
  const bytes = plan.bytes + (slices.count > 1 ? slices.resultLength * bytesOf[plan.dtype] : 0);
  if (bytes > memoryLimit) return { diagnostics: [tooLarge(plan, bytes, byteText(memoryLimit))] };
  let loaded: Executable | undefined;
  try {
    loaded = await (await io.engines[engine]()).load(plan);
    const carryOut = isEmpty(slices.network) ? zeros : slices.count === 1 ? inOne : sliceBySlice;
    const { data, seconds } = await carryOut(loaded, operands, slices, io);
    // The reference engine answers in float64 whatever the plan says.
    return {
      value: { data: plan.dtype === 'float32' ? new Float32Array(data) : data, seconds },
      diagnostics: [],
    };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, plan)] };
  } finally {
    loaded?.dispose();
  }
}

const zeros = async (_: Executable, __: readonly Operand[], { resultLength }: Slices): Promise<Computed> => ({
  data: new Float64Array(resultLength),
  seconds: 0,
});

async function inOne(loaded: Executable, operands: readonly Operand[], _: Slices, io: Io): Promise<Computed> {
  for (const [k, { data }] of operands.entries()) loaded.write(operandName(k), data);
  const begun = io.now();
  await loaded.advance(1);
  const seconds = (io.now() - begun) / 1000;
  return { data: await loaded.read(resultName), seconds };
}

async function sliceBySlice(
  loaded: Executable,
  operands: readonly Operand[],
  slices: Slices,
  io: Io,
): Promise<Computed> {
  const begun = io.now();
  const whole = new Float64Array(slices.resultLength);
  for (let slice = 0; slice < slices.count; slice++) {
    for (const [k, { data }] of operands.entries()) {
      if (slice === 0 || slices.varies(k)) loaded.write(operandName(k), slices.take(slice, k, data));
    }
    await loaded.advance(1);
    slices.add(slice, await loaded.read(resultName), whole);
  }
  return { data: whole, seconds: (io.now() - begun) / 1000 };
}

/** The figures of all slices, and of the memory of one beside the whole result. */
function inSlices(one: PlanSummary, count: number, shape: readonly number[], dtype: Dtype): PlanSummary {
  if (count === 1) return one;
  const result = shape.reduce((p, size) => p * size, bytesOf[dtype]);
  return {
    ...one,
    flops: one.flops * count,
    naiveFlops: one.naiveFlops * count,
    peakBytes: one.peakBytes + result,
  };
}

function planTextOf(
  { steps, flops, naiveFlops, peakBytes }: PlanSummary,
  operands: readonly Operand[],
): string {
  const saved = flops > 0 ? ` (${figure(naiveFlops / flops)}×)` : '';
  return [
    table(operands.map(({ name, shape }, k) => [`b${k}`, name, shapeText(shape)])),
    table([['step', 'flops', 'bytes', ''], ...steps.map((s, i) => [i, figure(s.flops), s.bytes, s.text.en])]),
    `flops ${figure(flops)}; all at once ${figure(naiveFlops)}${saved}; peak ${byteText(peakBytes)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

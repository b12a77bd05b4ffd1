/**
 * A whole plan as one WebAssembly module: a function for each step, and two exports. `step()` runs all
 * of them; `run(i)` runs the i-th alone. Addresses, sizes and strides are constants of the code.
 */
import {
  type BarrierStep,
  type BufferPlace,
  bytesOf,
  type Dtype,
  type FillStep,
  type NestStep,
  type PlainStep,
  type Plan,
  type Step,
} from '../../../ir/plan.ts';
import { bufferAt } from '../../arena.ts';
import { ModuleBuilder, type Signature, unsigned } from './binary.ts';
import { CodeBuilder } from './code.ts';
import { Dag, Scheduler } from './dag.ts';
import type { Apply } from './emit-expr.ts';
import { Products } from './emit-gemm.ts';
import { type FunctionName, functions } from './functions.ts';
import type { Base } from './induction-pointers.ts';
import { Lanes } from './lanes.ts';
import { hasAngles, LargeAngles } from './large-angles.ts';
import { emitLoop, type PushAddress } from './loop.ts';
import { emitNest } from './nest.ts';
import { SharedNests } from './shared-nests.ts';

/** What the module imports besides `env.memory`: kernels under the names that assembly/index.ts exports. */
const kernels = {
  float32: {
    gemm: 'gemm32',
    gather: 'gather32',
    scatterAdd: 'scatterAdd32',
    random: 'random32',
    scale: 'f32',
  },
  float64: {
    gemm: 'gemm64',
    gather: 'gather64',
    scatterAdd: 'scatterAdd64',
    random: 'random64',
    scale: 'f64',
  },
} as const;

const integers = (count: number) => Array.from({ length: count }, () => 'i32' as const);
const nothing: Signature = { params: [], results: [] };

/** Where things lie in the memory that a plan's module imports. */
export interface Setting {
  /** The address of the arena. */
  readonly arena: number;
  /** The address of room for productBytes(plan). */
  readonly tables: number;
  /** The memory's size in units of 64 KiB. */
  readonly pages: number;
  /** Several threads see the memory; barriers are calls of `team.barrier`. */
  readonly isShared?: boolean;
}

export function emitPlan(plan: Plan, setting: Setting): Uint8Array<ArrayBuffer> {
  const { arena, tables, pages, isShared = false } = setting;
  const { dtype } = plan;
  const module = new ModuleBuilder();
  const { gemm, gather, scatterAdd, random, scale } = kernels[dtype];
  module.importMemory('env', 'memory', pages, isShared);
  const addressOf = (buffer: number) => arena + bufferAt(plan, buffer).offset;
  const multiply = module.importFunction('kernels', gemm, {
    params: [...integers(4), scale, 'i32'],
    results: [],
  });
  const products = new Products(tables, dtype, multiply);
  const call = callLibrary(module, dtype);
  const large = hasAngles(plan) ? new LargeAngles(module, dtype) : undefined;
  const apply = large ? { call: large.guarded(call), writeOut: large.guarded(writeOut) } : { call, writeOut };
  const nests = new SharedNests(module, dtype, addressOf, apply, products);
  nests.announce(plan.steps);
  const context: Context = {
    plan,
    size: bytesOf[dtype],
    addressOf,
    products,
    gather: module.importFunction('kernels', gather, { params: integers(6), results: [] }),
    scatterAdd: module.importFunction('kernels', scatterAdd, { params: integers(6), results: [] }),
    random: module.importFunction('kernels', random, { params: integers(4), results: [] }),
    barrier: isShared ? module.importFunction('team', 'barrier', nothing) : undefined,
    nests,
  };
  const steps = plan.steps.map((step) => module.addFunction(nothing, emitStep(step, context)));

  module.data(tables, products.bytes());

  const all = new CodeBuilder();
  for (const step of steps) all.call(step);
  module.exportFunction('step', module.addFunction(nothing, all.finish()));

  const one = new CodeBuilder(1).get(0).raw([0x11, module.type(nothing), 0x00]);
  module.exportFunction('run', module.addFunction({ params: ['i32'], results: [] }, one.finish()));
  return module.finish(steps);
}

interface Context {
  readonly plan: Plan;
  /** Bytes of an element. */
  readonly size: number;
  readonly addressOf: (buffer: number) => number;
  readonly products: Products;
  /** Indices of the imported kernels. */
  readonly gather: number;
  readonly scatterAdd: number;
  readonly random: number;
  readonly barrier: number | undefined;
  readonly nests: SharedNests;
}

/** Functions of the module, written when they are first called. */
function callLibrary(module: ModuleBuilder, dtype: Dtype): Apply {
  const indices = new Map<FunctionName, number>();
  return (name, lanes, x, y) => {
    const args = functions[name].length === 2 ? [x] : [x, y];
    let index = indices.get(name);
    if (index === undefined) {
      const signature: Signature = { params: args.map(() => 'v128'), results: ['v128'] };
      index = module.addFunction(signature, emitFunction(name, dtype, args.length));
      indices.set(name, index);
    }
    const callee = index;
    return lanes.dag.node(`call ${name}`, () => [0x10, ...unsigned(callee)], args);
  };
}

function emitFunction(name: FunctionName, dtype: Dtype, params: number): number[] {
  const code = new CodeBuilder(params);
  const dag = new Dag();
  const scheduler = new Scheduler(code);
  const value = functions[name](new Lanes(dag, dtype), dag.param(0), dag.param(1));
  scheduler.announce([value]);
  scheduler.push(value);
  return code.finish();
}

const writeOut: Apply = (name, lanes, x, y) => functions[name](lanes, x, y);

function emitStep(step: Step, context: Context): number[] {
  const code = new CodeBuilder();
  const { size, addressOf } = context;
  const addressAt = ({ buffer, offset }: BufferPlace) => addressOf(buffer) + offset * size;
  if (step.kind === 'loop')
    emitLoop(code, step, size, addressAt, (inner, push) => writeStep(code, inner, context, push));
  else writeStep(code, step, context);
  return code.finish();
}

/** `push` puts addresses on the stack that loops around the step move; without it there are none. */
function writeStep(
  code: CodeBuilder,
  step: PlainStep | BarrierStep,
  context: Context,
  push?: PushAddress,
): void {
  const { size, addressOf, nests } = context;
  const addressAt = ({ buffer, offset }: BufferPlace) => addressOf(buffer) + offset * size;
  const pushed = push ?? ((target: CodeBuilder, place: BufferPlace) => target.int(addressAt(place)));
  switch (step.kind) {
    case 'gemm':
      context.products.call(
        code,
        step,
        [step.a, step.b, step.c].map((operand) => () => pushed(code, operand)),
      );
      break;
    case 'nest':
    case 'fused':
      nests.write(code, step, push);
      break;
    case 'barrier':
      if (context.barrier === undefined) throw new Error('internal: a barrier in a plan of one thread');
      code.call(context.barrier);
      break;
    case 'fill':
      writeFill(code, step, context, push);
      break;
    case 'random':
      pushed(code, step.key);
      code.int(step.stream | 0);
      pushed(code, step.out);
      code.int(step.count).call(context.random);
      break;
    case 'gather':
    case 'scatterAdd': {
      const [kernel, places] =
        step.kind === 'gather'
          ? [context.gather, [step.data, step.indices, step.out]]
          : [context.scatterAdd, [step.indices, step.updates, step.out]];
      for (const place of places) pushed(code, place);
      code
        .int(step.rows)
        .int(step.rowSize * size)
        .int(step.count)
        .call(kernel);
      break;
    }
  }
}

function writeFill(
  code: CodeBuilder,
  { out, count, value }: FillStep,
  { plan, size, addressOf }: Context,
  push?: PushAddress,
): void {
  const step: NestStep = {
    kind: 'nest',
    dims: [count],
    reduced: 0,
    operands: [],
    results: [{ out: { ...out, strides: [1] }, expr: { op: 'const', value }, reduce: 'none', scale: 1 }],
    flops: 0,
  };
  const write = (base: Base) => emitNest(code, step, 0, plan.dtype, [base], writeOut);
  if (push === undefined)
    return write({ local: undefined, address: addressOf(out.buffer) + out.offset * size });
  const local = code.local('i32');
  push(code, out);
  code.set(local);
  write({ local, address: 0 });
  code.release('i32', local);
}

/** What a command computes with: engine, precision, threads, the trained state. */
import { bytesOf, type Dtype } from '../ir/plan.ts';
import type { Engine, EngineName } from '../numeric/engine.ts';
import type { Measured } from '../numeric/threads/threaded-engine.ts';
import { dtypeOf } from '../runtime/precision.ts';
import { type Call, choiceOption, numberOption, type Option, UsageError } from './command.ts';
import type { Io } from './io.ts';

const names = Object.keys(dtypeOf) as EngineName[];

export const dtypeOption: Option = {
  type: 'string',
  value: 'NAME',
  help: 'float32 or float64; the graph says which when left out, else the engine',
};

export const chosenDtype = (call: Call): Dtype | undefined =>
  choiceOption(call, 'dtype', Object.keys(bytesOf) as Dtype[]);

export const engineOption: Option = {
  type: 'string',
  value: 'NAME',
  help: 'wasm (fast, float32 unless told otherwise; the default) or reference (slow, float64)',
};

export const weightsOption: Option = {
  type: 'string',
  value: 'FILE',
  help: 'the trained state (run --save), or any safetensors file',
};

export const threadsOption: Option = {
  type: 'string',
  value: 'N',
  help: 'threads to compute with, no more than the machine has processors (or 8); by default one, or all where that proves faster. The numbers are the same',
};

/** `begun`: the engine of a run that goes on. */
export const chosenEngine = (call: Call, begun: EngineName = 'wasm'): EngineName =>
  choiceOption(call, 'engine', names) ?? begun;

/** The engine, with the threads that the call asks for, or as many as prove best: `decided` is told. */
export async function openEngine(
  name: EngineName,
  call: Call,
  io: Io,
  decided: Measured['decided'] = () => {},
): Promise<Engine> {
  const count = numberOption(call, 'threads', 'whole');
  if (count === 0) throw new UsageError('--threads takes a number from 1, not "0"');
  if (name !== 'wasm' || count === 1) return io.engines[name]();
  const { createThreaded } = await import('../numeric/threads/threaded-engine.ts');
  return createThreaded(io.threads(count), count === undefined ? { now: io.now, decided } : 'always');
}

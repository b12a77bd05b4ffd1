/** Which engine a verb computes with. */
import type { EngineName } from '../numeric/engine.ts';
import { dtypeOf } from '../runtime/precision.ts';
import { type Call, choiceOption, type Option } from './verb.ts';

const names = Object.keys(dtypeOf) as EngineName[];

export const engineOption: Option = {
  type: 'string',
  value: 'NAME',
  help: 'wasm (fast, 32 bits; the default) or reference (slow, 64 bits)',
};

export const chosenEngine = (call: Call): EngineName => choiceOption(call, 'engine', names) ?? 'wasm';

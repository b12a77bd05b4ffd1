/** Everything that can execute a graph, with the precision to expect of it: one suite runs on all. */
import { engines } from '../../src/numeric/index.ts';
import {
  byEngine,
  byInterpreter,
  type Checker,
  checkByEngine,
  checkByInterpreter,
  type Runner,
  type Trainer,
  trainByEngine,
  trainByInterpreter,
} from './run-graph.ts';

export interface NamedRunner {
  readonly name: string;
  readonly run: Runner;
  readonly train: Trainer;
  readonly check: Checker;
  /** Relative to max(1, |expected|). */
  readonly tolerance: number;
  /** Second differences in float32 say nothing: gradients are tested in float64. */
  readonly double: boolean;
}

export const runners: readonly NamedRunner[] = [
  {
    ...{ name: 'interpreter', run: byInterpreter, train: trainByInterpreter, check: checkByInterpreter },
    tolerance: 1e-12,
    double: true,
  },
  {
    name: 'reference',
    run: async (...given) => byEngine(await engines.reference(), 'float64')(...given),
    train: async (...given) => trainByEngine(await engines.reference(), 'float64')(...given),
    check: async (...given) => checkByEngine(await engines.reference(), 'float64')(...given),
    tolerance: 1e-12,
    double: true,
  },
  {
    name: 'wasm float64',
    run: async (...given) => byEngine(await engines.wasm(), 'float64')(...given),
    train: async (...given) => trainByEngine(await engines.wasm(), 'float64')(...given),
    check: async (...given) => checkByEngine(await engines.wasm(), 'float64')(...given),
    tolerance: 1e-11,
    double: true,
  },
  {
    name: 'wasm float32',
    run: async (...given) => byEngine(await engines.wasm(), 'float32')(...given),
    train: async (...given) => trainByEngine(await engines.wasm(), 'float32')(...given),
    check: async (...given) => checkByEngine(await engines.wasm(), 'float32')(...given),
    tolerance: 2e-5,
    double: false,
  },
];

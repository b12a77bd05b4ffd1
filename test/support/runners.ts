/** Everything that can execute a graph, with the precision to expect of it: one suite runs on all. */
import { engines } from '../../src/numeric/index.ts';
import {
  type Checker,
  checkByEngine,
  checkByInterpreter,
  type Opener,
  openEngine,
  openInterpreter,
  type Runner,
  runBy,
  type Trainer,
  trainByEngine,
  trainByInterpreter,
} from './run-graph.ts';

export interface NamedRunner {
  readonly name: string;
  readonly open: Opener;
  readonly run: Runner;
  readonly train: Trainer;
  readonly check: Checker;
  /** Relative to max(1, |expected|). */
  readonly tolerance: number;
  /** Second differences in float32 say nothing: gradients are tested in float64. */
  readonly double: boolean;
}

const withRun = (runner: Omit<NamedRunner, 'run'>): NamedRunner => ({ ...runner, run: runBy(runner.open) });

const all: readonly Omit<NamedRunner, 'run'>[] = [
  {
    ...{ name: 'interpreter', open: openInterpreter, train: trainByInterpreter, check: checkByInterpreter },
    tolerance: 1e-12,
    double: true,
  },
  {
    name: 'reference',
    open: async (document) => openEngine(await engines.reference(), 'float64')(document),
    train: async (...given) => trainByEngine(await engines.reference(), 'float64')(...given),
    check: async (...given) => checkByEngine(await engines.reference(), 'float64')(...given),
    tolerance: 1e-12,
    double: true,
  },
  {
    name: 'wasm float64',
    open: async (document) => openEngine(await engines.wasm(), 'float64')(document),
    train: async (...given) => trainByEngine(await engines.wasm(), 'float64')(...given),
    check: async (...given) => checkByEngine(await engines.wasm(), 'float64')(...given),
    tolerance: 1e-11,
    double: true,
  },
  {
    name: 'wasm float32',
    open: async (document) => openEngine(await engines.wasm(), 'float32')(document),
    train: async (...given) => trainByEngine(await engines.wasm(), 'float32')(...given),
    check: async (...given) => checkByEngine(await engines.wasm(), 'float32')(...given),
    tolerance: 2e-5,
    double: false,
  },
];

export const runners: readonly NamedRunner[] = all.map(withRun);

/** Everything that can execute a graph, with the precision to expect of it: one suite runs on all. */
import { engines } from '../../src/numeric/index.ts';
import { byEngine, byInterpreter, type Runner } from './run-graph.ts';

export interface NamedRunner {
  readonly name: string;
  readonly run: Runner;
  /** Relative to max(1, |expected|). */
  readonly tolerance: number;
  /** Second differences in float32 say nothing: gradients are tested in float64. */
  readonly double: boolean;
}

export const runners: readonly NamedRunner[] = [
  { name: 'interpreter', run: byInterpreter, tolerance: 1e-12, double: true },
  {
    name: 'reference',
    run: async (d) => byEngine(await engines.reference(), 'float64')(d),
    tolerance: 1e-12,
    double: true,
  },
  {
    name: 'wasm float64',
    run: async (d) => byEngine(await engines.wasm(), 'float64')(d),
    tolerance: 1e-11,
    double: true,
  },
  {
    name: 'wasm float32',
    run: async (d) => byEngine(await engines.wasm(), 'float32')(d),
    tolerance: 2e-5,
    double: false,
  },
];

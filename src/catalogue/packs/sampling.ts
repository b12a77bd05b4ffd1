/** Node types of dynamics at a temperature: flows and Langevin dynamics, potentials, ensembles and their statistics. */
import type { AnyNodeDefinition } from '../define.ts';
import { checkBoltzmann } from '../nodes/check-boltzmann.ts';
import { density } from '../nodes/density.ts';
import { escapeRate } from '../nodes/escape-rate.ts';
import { gradientFlow } from '../nodes/gradient-flow.ts';
import { histogram } from '../nodes/histogram.ts';
import { langevin } from '../nodes/langevin.ts';
import { potential } from '../nodes/potential.ts';
import { runningStatistics } from '../nodes/running-statistics.ts';
import { underdampedLangevin } from '../nodes/underdamped-langevin.ts';

export const sampling: readonly AnyNodeDefinition[] = [
  potential,
  histogram,
  density,
  runningStatistics,
  escapeRate,
  checkBoltzmann,
  gradientFlow,
  langevin,
  underdampedLangevin,
];

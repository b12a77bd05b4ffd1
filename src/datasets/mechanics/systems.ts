/** The mechanical systems of the data sets, by name. */
import { pendulumSystem } from './pendulum-motion.ts';
import { springSystem } from './spring-motion.ts';
import { threeBodySystem } from './three-body-motion.ts';
import { twoBodySystem } from './two-body-motion.ts';

export const systems = {
  spring: springSystem,
  pendulum: pendulumSystem,
  'two-bodies': twoBodySystem,
  'three-bodies': threeBodySystem,
} as const;

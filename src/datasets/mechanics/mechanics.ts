/**
 * Motions of mechanical systems as data: noisy states, and the exact field at the clean ones. Settings after
 * S. Greydanus, M. Dzamba and J. Yosinski, "Hamiltonian Neural Networks", NeurIPS 2019 (arXiv 1906.01563), and
 * its repository. What computes the motions is loaded with the first numbers.
 */
import { z } from 'zod';
import { seed } from '../../base/seed.ts';
import { type Text, text } from '../../base/text.ts';
import { type DataSet, defineDataSet } from '../dataset.ts';
import type { Motions } from './motions.ts';

interface MechanicalSet {
  readonly name: string;
  readonly title: Text;
  readonly doc: Text;
  /** Numbers in one state: all q, then all p. */
  readonly size: number;
  /** Of the paper. */
  readonly defaults: Omit<Motions, 'seed'>;
}

const motionOptions = ({ trajectories, points, duration, noise }: MechanicalSet['defaults']) =>
  z.object({
    trajectories: z
      .int()
      .min(1)
      .max(5000)
      .default(trajectories)
      .meta({ label: text('Trajectories', '轨迹数') }),
    points: z
      .int()
      .min(2)
      .max(1000)
      .default(points)
      .meta({ label: text('Points of each', '每条轨迹的点数') }),
    /** From the first point to the last; the points are evenly spaced in time. */
    duration: z
      .number()
      .positive()
      .max(100)
      .default(duration)
      .meta({ label: text('Duration', '时长') }),
    /** Standard deviation of what is added to each coordinate of x; dx has none. */
    noise: z
      .number()
      .min(0)
      .max(10)
      .default(noise)
      .meta({ label: text('Noise', '噪声') }),
    seed: seed.default(1),
  });

function mechanicalSet(set: MechanicalSet): DataSet {
  const axes = [{ name: 'f', size: set.size }];
  return defineDataSet({
    name: set.name,
    title: set.title,
    doc: set.doc,
    options: motionOptions(set.defaults),
    columns: () => [
      { name: 'x', axes },
      { name: 'dx', axes },
    ],
    rows: ({ trajectories, points }) => trajectories * points,
    rowsOfGroup: ({ points }) => points,
    async load(options) {
      const [{ motions }, { systems }] = await Promise.all([import('./motions.ts'), import('./systems.ts')]);
      return motions(systems[set.name as keyof typeof systems], options);
    },
  }) as DataSet;
}

export const spring = mechanicalSet({
  name: 'spring',
  title: text('Spring', '弹簧'),
  doc: text(
    'A mass on a spring, H = q² + p²: noisy states (q, p), and their exact rate of change (2p, −2q) without noise; generated from the seed.',
    '弹簧上的质点，H = q² + p²：带噪状态 (q, p) 及其无噪的精确变化率 (2p, −2q)；由种子生成。',
  ),
  size: 2,
  defaults: { trajectories: 50, points: 30, duration: 3, noise: 0.1 },
});

export const pendulum = mechanicalSet({
  name: 'pendulum',
  title: text('Pendulum', '单摆'),
  doc: text(
    'A swinging pendulum, H = 3 (1 − cos q) + p²: noisy states (q, p), and their exact rate of change (2p, −3 sin q) without noise; generated from the seed.',
    '摆动的单摆，H = 3 (1 − cos q) + p²：带噪状态 (q, p) 及其无噪的精确变化率 (2p, −3 sin q)；由种子生成。',
  ),
  size: 2,
  defaults: { trajectories: 50, points: 45, duration: 3, noise: 0.1 },
});

export const twoBodies = mechanicalSet({
  name: 'two-bodies',
  title: text('Two bodies', '二体'),
  doc: text(
    'Two unit masses in nearly circular orbits about each other, G = 1: x₁ y₁ x₂ y₂ and their velocities, and the exact rate of change; generated from the seed.',
    '两个单位质量绕彼此作近圆运动，G = 1：x₁ y₁ x₂ y₂ 及其速度，以及精确变化率；由种子生成。',
  ),
  size: 8,
  defaults: { trajectories: 1000, points: 50, duration: 20, noise: 0 },
});

export const threeBodies = mechanicalSet({
  name: 'three-bodies',
  title: text('Three bodies', '三体'),
  doc: text(
    'Three unit masses that attract each other, G = 1, started near a turning triangle, which soon breaks up: positions x₁ y₁ … y₃ and velocities, and the exact rate of change; generated from the seed.',
    '三个相互吸引的单位质量，G = 1，自近似旋转的三角形出发，很快散开：位置 x₁ y₁ … y₃ 与速度，以及精确变化率；由种子生成。',
  ),
  size: 12,
  // The paper has 5000 trajectories, which take some seconds.
  defaults: { trajectories: 500, points: 20, duration: 5, noise: 0 },
});

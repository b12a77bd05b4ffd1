/**
 * The factor by which one step of a method stretches an eigenvector of y' = −λy (leapfrog: y'' = −λy), over z = ηλ
 * (leapfrog: h²λ). Euler |1 − z|; momentum: the larger root of μ² − (1 + β − z)μ + β; RK4: |1 − z + z²/2 − z³/6 +
 * z⁴/24|; leapfrog: the larger root of μ² − (2 − z)μ + 1. Hairer, Nørsett, Wanner, Solving ODEs; Polyak 1964.
 */
import { fill, type Text } from '../../../base/text.ts';
import { formatNumber } from '../../parts/numbers.ts';
import type { Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import { type Known, known, numberOf, type PictureSource, textOf } from '../model/picture-source.ts';
import { atTime, evenly, hasTime, momentsOf } from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { allValues, axesInWords, isNowhereFinite, partNotes, spoken } from './parts.ts';

export type StepMethod = 'euler' | 'momentum' | 'rk4' | 'leapfrog';

/** The larger magnitude of the roots of μ² − bμ + c. */
function largerRoot(b: number, c: number): number {
  const discriminant = b * b - 4 * c;
  // A pair of conjugates: their product is c.
  return discriminant < 0 ? Math.sqrt(c) : (Math.abs(b) + Math.sqrt(discriminant)) / 2;
}

export function stretch(method: StepMethod, z: number, momentum: number): number {
  switch (method) {
    case 'euler':
      return Math.abs(1 - z);
    case 'momentum':
      return largerRoot(1 + momentum - z, momentum);
    case 'rk4':
      return Math.abs(1 - z + z ** 2 / 2 - z ** 3 / 6 + z ** 4 / 24);
    case 'leapfrog':
      return largerRoot(2 - z, 1);
  }
}

/** The largest z with a factor of at most 1; that of RK4 is the real root of z³ − 4z² + 12z − 24. */
export function stableUpTo(method: StepMethod, momentum: number): number {
  return { euler: 2, momentum: 2 * (1 + momentum), rk4: 2.785293563405282, leapfrog: 4 }[method];
}

const samples = 240;

interface Today {
  /** z of each eigenvalue. */
  readonly zs: Float64Array;
  readonly factors: Float64Array;
}

export function stabilityScene(source: PictureSource): PictureScene | NoPicture {
  const eigenvalues = known(source, 'eigenvalues') as Known;
  if (isNowhereFinite(eigenvalues)) return { missing: fill(words.notFinite, { name: eigenvalues.name }) };
  const method = (textOf(source, 'method') || 'euler') as StepMethod;
  const momentum = numberOf(source, 'momentum') ?? 0.9;
  const rate = known(source, 'rate');
  const at = (time: number, values = eigenvalues.value): Today => {
    const eta = rate ? (atTime(rate.value, time).data[0] ?? Number.NaN) : (numberOf(source, 'rate') ?? 0.1);
    const unit = method === 'leapfrog' ? eta * eta : eta;
    const zs = Float64Array.from(atTime(values, time).data, (lambda) => unit * lambda);
    return { zs, factors: zs.map((z) => stretch(method, z, momentum)) };
  };
  const now = at(1);
  const bound = stableUpTo(method, momentum);
  const all = allValues(eigenvalues)
    .flatMap((value) => [...at(1, value).zs])
    .filter(Number.isFinite);
  const from = Math.max(-bound, Math.min(0, ...all) * 1.1);
  const to = Math.min(4 * bound, Math.max(1.3 * bound, 1.1 * Math.max(...all)));
  const zs = evenly(samples, from, to);
  const curve = zs.map((z) => stretch(method, z, momentum));
  const z = method === 'leapfrog' ? '(hω)²' : 'ηλ';
  const plane = {
    x: { from, to, name: z },
    y: { from: 0, to: Math.min(3.2, Math.max(1.45, 1.06 * Math.max(...curve))), name: factorName[method] },
  };
  const draw = (time: number) => eigenvalueMarks(at(time), plane.x, plane.y.to);
  const moves = hasTime(eigenvalues.value) || (rate !== undefined && hasTime(rate.value));
  return {
    plane,
    still: [
      { kind: 'band', from: 0, to: bound, ink: 'hue-2', alpha: 0.12 },
      { kind: 'rule', axis: 'y', at: 1, ink: 'soft', dash: [5, 4] },
      { kind: 'rule', axis: 'x', at: bound, ink: 'hue-2', dash: [2, 3] },
      { kind: 'line', xs: zs, ys: curve, ink: 'ink', width: 1.75 },
      {
        kind: 'label',
        x: bound,
        y: plane.y.to,
        text: formatNumber(bound),
        align: 'end',
        shift: 12,
        ink: 'soft',
      },
      ...(moves ? [] : draw(1)),
    ],
    ...(moves && { moving: draw }),
    moments: Math.max(momentsOf(eigenvalues.value), rate ? momentsOf(rate.value) : 1),
    legend: [],
    notes: partNotes(eigenvalues),
    words: () => [...axesInWords(plane), ...inWords(now, bound, z)],
  };
}

const factorName: Readonly<Record<StepMethod, string>> = {
  euler: '|1 − ηλ|',
  momentum: '|μ|',
  rk4: '|R(−ηλ)|',
  leapfrog: '|μ|',
};

/** Rounding aside. */
const grows = (factor: number): boolean => factor > 1 + 1e-9;

/** Directions that shrink as dots, those that grow as diamonds: never by colour alone. Far ones stand on the border. */
function eigenvalueMarks(
  { zs, factors }: Today,
  { from, to }: { from: number; to: number },
  most: number,
): Mark[] {
  const pick = (bad: boolean) => [...zs.keys()].filter((i) => grows(factors[i] as number) === bad);
  const points = (places: number[]) => ({
    xs: Float64Array.from(places, (i) => Math.max(from, Math.min(to, zs[i] as number))),
    ys: Float64Array.from(places, (i) => Math.min(most, factors[i] as number)),
  });
  const [good, bad] = [points(pick(false)), points(pick(true))];
  return [
    { kind: 'stems', ...good, ink: 'hue-2', width: 1, alpha: 0.6 },
    { kind: 'stems', ...bad, ink: 'bad', width: 1, alpha: 0.6 },
    { kind: 'dots', ...good, ink: 'hue-2', radius: 4.5 },
    { kind: 'dots', ...bad, ink: 'bad', radius: 5, shape: 'diamond' },
  ];
}

function inWords({ zs, factors }: Today, bound: number, z: string): Text[] {
  const most = Math.max(...factors);
  const bad = factors.filter(grows).length;
  const counts = { count: factors.length, bad, most: spoken(most) };
  return [
    fill(bad > 0 ? said.unstable : most > 1 - 1e-9 ? said.marginal : said.stable, counts),
    fill(said.bound, { z, bound: formatNumber(bound), at: spoken(Math.max(...zs)) }),
  ];
}

/** Points in the plane that belong to classes, made from a formula and a seed: what these sets have in common. */
import { z } from 'zod';
import { keyFrom, normal, uniform } from '../../base/random.ts';
import { seed } from '../../base/seed.ts';
import { type Text, text } from '../../base/text.ts';
import { type DataSet, defineDataSet } from '../dataset.ts';

const samples = (rows: number) =>
  z
    .int()
    .min(2)
    .max(100_000)
    .default(rows)
    .meta({ label: text('Rows', '行数') });

/** Standard deviation of what is added to each coordinate. */
const noise = (deviation: number) =>
  z
    .number()
    .min(0)
    .max(10)
    .default(deviation)
    .meta({ label: text('Noise', '噪声') });

/** How many classes take turns, row by row. */
export const classCount = (classes: number) =>
  z
    .int()
    .min(2)
    .max(10)
    .default(classes)
    .meta({ label: text('Classes', '类别数') });

interface PlaneSet<S extends z.ZodRawShape> {
  readonly name: string;
  readonly title: Text;
  readonly doc: Text;
  readonly defaults: { readonly samples: number; readonly noise: number };
  /** Besides rows, noise and seed. */
  readonly options: S;
  classes(options: z.output<z.ZodObject<S>>): number;
  /**
   * Where a row lies, before noise, and its class. `u`, `v`: evenly spread over (0, 1), other ones for each row.
   */
  point(
    row: number,
    u: number,
    v: number,
    options: z.output<z.ZodObject<S>>,
  ): readonly [x: number, y: number, label: number];
}

export function planeSet<S extends z.ZodRawShape>(set: PlaneSet<S>): DataSet {
  const { name, defaults } = set;
  const own = z.object(set.options);
  const common = z.object({
    samples: samples(defaults.samples),
    noise: noise(defaults.noise),
    seed: seed.default(1),
  });
  return defineDataSet({
    name,
    title: set.title,
    doc: set.doc,
    options: z.object({ ...common.shape, ...set.options }) as z.ZodObject,
    columns: (options) => [
      { name: 'x', axes: [{ name: 'f', size: 2 }] },
      { name: 'y', axes: [], classes: set.classes(own.parse(options)) },
    ],
    rows: (options) => common.parse(options).samples,
    async load(options) {
      const { samples: rows, noise: deviation, seed: from } = common.parse(options);
      const more = own.parse(options);
      const draws = uniform(keyFrom(from, name, 'place'), 2 * rows);
      const offsets = normal(keyFrom(from, name, 'noise'), 2 * rows);
      const x = new Float32Array(2 * rows);
      const y = new Float32Array(rows);
      for (let r = 0; r < rows; r++) {
        const [across, up, label] = set.point(r, draws[2 * r] as number, draws[2 * r + 1] as number, more);
        x[2 * r] = across + deviation * (offsets[2 * r] as number);
        x[2 * r + 1] = up + deviation * (offsets[2 * r + 1] as number);
        y[r] = label;
      }
      return { x, y };
    },
  });
}

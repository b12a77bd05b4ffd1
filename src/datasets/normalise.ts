/** Columns shifted and scaled by what the training rows show, and by nothing else. */

export const normalisations = ['none', 'standard', 'minmax'] as const;
export type Normalisation = (typeof normalisations)[number];

/** What a run asks for. */
export interface Normalising {
  readonly kind: Normalisation;
  /** By column: into how many parts of equal length a row falls, each with a shift and scale of its own. */
  readonly parts: Readonly<Record<string, number>>;
}

/** (v − shift) / scale for each part of a row, `fill` standing in for what is missing. In double precision. */
export interface Fit {
  readonly fill: readonly number[];
  readonly shift: readonly number[];
  readonly scale: readonly number[];
}

/**
 * `standard`: mean and deviation (that of a population); `minmax`: least and greatest go to 0 and 1. Where all
 * numbers are equal the scale is 1, as in scikit-learn. What is not finite does not count.
 */
export function fitColumn(
  data: Float32Array,
  rows: ArrayLike<number>,
  width: number,
  parts: number,
  kind: Normalisation,
): Fit {
  const size = width / parts;
  const [fill, shift, scale]: [number[], number[], number[]] = [[], [], []];
  for (let part = 0; part < parts; part++) {
    let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const each = (use: (value: number) => void) => {
      for (let r = 0; r < rows.length; r++) {
        const from = (rows[r] as number) * width + part * size;
        for (let i = from; i < from + size; i++) {
          const value = data[i] as number;
          if (Number.isFinite(value)) use(value);
        }
      }
    };
    each((value) => {
      count++;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    });
    const mean = count > 0 ? sum / count : 0;
    fill.push(mean);
    if (kind === 'none' || count === 0) {
      shift.push(0);
      scale.push(1);
    } else if (kind === 'minmax') {
      shift.push(min);
      scale.push(max > min ? max - min : 1);
    } else {
      let squares = 0;
      each((value) => {
        squares += (value - mean) ** 2;
      });
      const deviation = Math.sqrt(squares / count);
      shift.push(mean);
      // What rounding leaves of equal numbers is no deviation.
      scale.push(deviation > 1e-12 * Math.abs(mean) ? deviation : 1);
    }
  }
  return { fill, shift, scale };
}

/** A copy; a row falls into as many parts as the fit has. */
export function normalised(
  data: ArrayLike<number>,
  width: number,
  { fill, shift, scale }: Fit,
): Float32Array {
  const size = width / shift.length;
  return Float32Array.from(data, (value, i) => {
    const part = Math.floor((i % width) / size);
    const known = Number.isNaN(value) ? (fill[part] as number) : value;
    return (known - (shift[part] as number)) / (scale[part] as number);
  });
}

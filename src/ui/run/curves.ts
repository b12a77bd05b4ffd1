/**
 * The curves of a run: for each metric the training values step by step and the held-back values at each
 * evaluation. Kept out of React and of the document, and bounded: a long run is thinned by averaging
 * neighbours, so that its shape stays and its memory does not grow.
 */

/** As many points as a wide screen can tell apart. */
const CAPACITY = 4096;
/** Of a series so many values are kept exactly as well, to be written to a file. */
const MOST_EXACT = 2 ** 19;

export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** How many values one point stands for; left out: one. */
  readonly group?: number | undefined;
}

/** A curve of which every value is known. */
export interface ExactCurve {
  readonly name: string;
  readonly train: Series;
  readonly test: Series;
}

/** One chart: a metric while training, and on the held-back rows where there are any. */
export interface Curve {
  readonly name: string;
  readonly train: Series;
  readonly test: Series;
}

export interface Curves {
  /** Values of steps `from`, `from + 1`, … */
  addTraining(from: number, metrics: Readonly<Record<string, readonly number[]>>): void;
  addEvaluation(step: number, metrics: Readonly<Record<string, number>>): void;
  /** Those that have a point. */
  all(): readonly Curve[];
  /** The same with every value; undefined where the run was too long, or had been thinned when it was kept. */
  exact(): readonly ExactCurve[] | undefined;
}

/** `testLoss` is the held-back side of `loss`. */
const baseName = (metric: string): string => {
  const [, first, rest] = /^test(\p{Lu})(.*)$/u.exec(metric) ?? [];
  return first === undefined ? metric : first.toLowerCase() + rest;
};

class Thinned implements Series {
  steps: number[];
  values: number[];
  #group: number;
  /** Undefined where it is the same, and where there is too much of it. */
  exact: { readonly steps: number[]; readonly values: number[] } | undefined;
  #sum = 0;
  #held = 0;

  constructor({ steps, values, group = 1 }: Series = { steps: [], values: [] }) {
    this.steps = [...steps];
    this.values = [...values];
    this.#group = group;
  }

  get group(): number | undefined {
    return this.#group === 1 ? undefined : this.#group;
  }

  isExact(): boolean {
    return this.#group === 1 || this.exact !== undefined;
  }

  add(step: number, value: number): void {
    this.exact?.steps.push(step);
    this.exact?.values.push(value);
    if ((this.exact?.steps.length ?? 0) > MOST_EXACT) this.exact = undefined;
    this.#sum += value;
    this.#held++;
    if (this.#held < this.#group) return;
    this.steps.push(step);
    this.values.push(this.#sum / this.#held);
    this.#sum = 0;
    this.#held = 0;
    if (this.steps.length >= CAPACITY) this.#halve();
  }

  #halve(): void {
    if (this.#group === 1) this.exact = { steps: this.steps, values: this.values };
    const pairs = this.steps.length >> 1;
    this.steps = Array.from({ length: pairs }, (_, i) => this.steps[2 * i + 1] as number);
    this.values = Array.from(
      { length: pairs },
      (_, i) => ((this.values[2 * i] as number) + (this.values[2 * i + 1] as number)) / 2,
    );
    this.#group *= 2;
  }
}

/** `from`: curves that go on, with the points that they had. */
export function createCurves(from: readonly Curve[] = []): Curves {
  const curves = new Map(
    from.map(({ name, train, test }) => [name, { name, train: new Thinned(train), test: new Thinned(test) }]),
  );
  const curve = (metric: string) => {
    const name = baseName(metric);
    const found = curves.get(name) ?? { name, train: new Thinned(), test: new Thinned() };
    curves.set(name, found);
    return found;
  };
  const all = () =>
    [...curves.values()].filter(({ train, test }) => train.values.length + test.values.length > 0);
  return {
    addTraining(from, metrics) {
      for (const [metric, values] of Object.entries(metrics)) {
        const { train } = curve(metric);
        for (const [i, value] of values.entries()) train.add(from + i, value);
      }
    },
    addEvaluation(step, metrics) {
      for (const [metric, value] of Object.entries(metrics)) curve(metric).test.add(step, value);
    },
    exact() {
      const series = [...curves.values()].flatMap(({ train, test }) => [train, test]);
      if (!series.every((one) => one.isExact())) return undefined;
      return all().map(({ name, train, test }) => ({
        name,
        train: train.exact ?? train,
        test: test.exact ?? test,
      }));
    },
    all,
  };
}

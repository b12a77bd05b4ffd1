/**
 * jax-js on its Wasm backend. Its arrays are counted: an operation consumes what it is given, and `.ref`
 * keeps an array for another use.
 */
import type { Case } from './case.ts';
import { adam, type Contender, corrections, gradientFromMean } from './contender.ts';
import type { Jax, JaxArray } from './jax-types.ts';

export async function openJax(given: Case, module: unknown): Promise<Contender> {
  helpIterators();
  const jax = module as Jax;
  const devices = await jax.init('wasm');
  if (!devices.includes('wasm')) throw new Error('it has no wasm device here');
  jax.defaultDevice('wasm');
  const { jaxLosses, jaxValues } = await import('./jax-models.ts');
  const array = (name: string) => {
    const { data, shape } = given.tensors[name] as Case['tensors'][string];
    return jax.numpy.array(data.slice()).reshape(shape);
  };

  if (given.workload.kind === 'value') {
    const value = jax.jit(jaxValues(jax)[given.workload.name] as (...args: JaxArray[]) => JaxArray);
    const operands = Object.keys(given.tensors).map(array);
    let out: ArrayLike<number> = [];
    return {
      restart() {},
      step() {
        out = value(...operands.map((o) => o.ref)).dataSync();
      },
      loss: () => 0,
      results: () => ({ out }),
    };
  }

  const loss = jaxLosses(jax)[given.workload.name];
  if (given.workload.optimizer === 'lbfgs') throw new Error('it has no L-BFGS');
  if (!loss) throw new Error('it is not told of this model');
  const { parameters, rate = adam.rate } = given.workload;
  const [x, y] = [array('x'), array('y')];
  const step = jax.jit(trainingStep(jax, loss, rate));
  const zeros = () => parameters.map((name) => jax.numpy.zeros(given.tensors[name]?.shape ?? []));
  let state: State | undefined;
  let [steps, last] = [0, 0];
  return {
    restart() {
      if (state) for (const a of [...state.parameters, ...state.means, ...state.squares]) a.dispose();
      state = { parameters: parameters.map(array), means: zeros(), squares: zeros() };
      steps = 0;
    },
    step() {
      if (!state) throw new Error('internal: not started');
      const bias = corrections(++steps).map((c) => jax.numpy.array(Float32Array.of(c)).reshape([]));
      const { loss: value, ...next } = step(state, bias, x.ref, y.ref);
      state = next;
      last = value.dataSync()[0] as number;
    },
    loss: () => last,
    results() {
      if (!state) throw new Error('internal: not started');
      const means = state.means.map((mean) => gradientFromMean(mean.ref.dataSync()));
      return Object.fromEntries(parameters.map((name, i) => [name, means[i] ?? []]));
    },
  };
}

type State = {
  readonly parameters: readonly JaxArray[];
  readonly means: readonly JaxArray[];
  readonly squares: readonly JaxArray[];
};

type Loss = (parameters: readonly JaxArray[], x: JaxArray, y: JaxArray) => JaxArray;

/** Loss, gradients and Adam as one function to compile. */
const trainingStep =
  (jax: Jax, loss: Loss, rate: number) =>
  ({ parameters, means, squares }: State, bias: readonly JaxArray[], x: JaxArray, y: JaxArray) => {
    const [value, gradients] = jax.valueAndGrad(loss)(jax.tree.ref(parameters), x, y);
    const [c1, c2] = bias as [JaxArray, JaxArray];
    const next = parameters.map((parameter, i) => {
      const [g, m, v] = [gradients[i], means[i], squares[i]] as [JaxArray, JaxArray, JaxArray];
      const mean = m.mul(adam.beta1).add(g.ref.mul(1 - adam.beta1));
      const square = v.mul(adam.beta2).add(g.ref.mul(g).mul(1 - adam.beta2));
      const size = jax.numpy.sqrt(square.ref.mul(c2.ref)).add(adam.epsilon);
      return { parameter: parameter.sub(mean.ref.mul(c1.ref).mul(rate).div(size)), mean, square };
    });
    c1.dispose();
    c2.dispose();
    return {
      loss: value,
      parameters: next.map((n) => n.parameter),
      means: next.map((n) => n.mean),
      squares: next.map((n) => n.square),
    };
  };

/** jax-js maps over iterators, which Node 20 cannot yet. */
function helpIterators(): void {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;
  const missing = Object.entries({
    *map(this: Iterable<unknown>, f: (x: unknown) => unknown) {
      for (const x of this) yield f(x);
    },
    *filter(this: Iterable<unknown>, f: (x: unknown) => boolean) {
      for (const x of this) if (f(x)) yield x;
    },
    *flatMap(this: Iterable<unknown>, f: (x: unknown) => Iterable<unknown>) {
      for (const x of this) yield* f(x);
    },
    toArray(this: Iterable<unknown>) {
      return [...this];
    },
    some(this: Iterable<unknown>, f: (x: unknown) => boolean) {
      for (const x of this) if (f(x)) return true;
      return false;
    },
    every(this: Iterable<unknown>, f: (x: unknown) => boolean) {
      for (const x of this) if (!f(x)) return false;
      return true;
    },
    reduce(this: Iterable<unknown>, f: (a: unknown, x: unknown) => unknown, first: unknown) {
      let a = first;
      for (const x of this) a = f(a, x);
      return a;
    },
  }).filter(([name]) => !Object.hasOwn(prototype, name));
  for (const [name, value] of missing)
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

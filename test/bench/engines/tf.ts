/** TensorFlow.js on its Wasm backend, one thread. */
import type { Case } from './case.ts';
import { fromChannelsLast, toChannelsLast } from './channels-last.ts';
import { adam, type Contender } from './contender.ts';
import type { Tf, TfTensor, TfVariable } from './tf-types.ts';

interface Modules {
  readonly tf: Tf;
  readonly wasm: { setWasmPaths(path: string): void; setThreadsCount(count: number): void };
  readonly wasmPath: string;
}

export async function openTf(given: Case, module: unknown): Promise<Contender> {
  const { tf, wasm, wasmPath } = module as Modules;
  wasm.setWasmPaths(wasmPath);
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  if (tf.getBackend() !== 'wasm') throw new Error('its wasm backend does not start');
  const { tfLosses, tfValues } = await import('./tf-models.ts');
  const imaged = given.workload.name.startsWith('cnn');
  const tensor = (name: string) => {
    const given0 = given.tensors[name] as Case['tensors'][string];
    const { data, shape } = imaged ? toChannelsLast(name, given0) : given0;
    return tf.tensor(data, shape);
  };

  if (given.workload.kind === 'value') {
    const value = tfValues(tf)[given.workload.name] as (...operands: TfTensor[]) => TfTensor;
    const operands = Object.keys(given.tensors).map(tensor);
    let out: ArrayLike<number> = [];
    return {
      restart() {},
      step() {
        const result = tf.tidy(() => value(...operands));
        out = result.dataSync();
        result.dispose();
      },
      loss: () => 0,
      results: () => ({ out }),
    };
  }

  const loss = tfLosses(tf)[given.workload.name];
  if (given.workload.optimizer === 'lbfgs') throw new Error('it has no L-BFGS');
  if (!loss) throw new Error('it is not told of this model');
  const { parameters, rate = adam.rate } = given.workload;
  const variables = parameters.map((name) => tf.variable(tensor(name)));
  const [x, y] = [tensor('x'), tensor('y')];
  const gradients = () => tf.variableGrads(() => loss(variables, x, y), variables);
  const newOptimizer = () => tf.train.adam(rate, adam.beta1, adam.beta2, adam.epsilon);
  let optimizer = newOptimizer();
  let last = 0;
  return {
    restart() {
      optimizer.dispose();
      optimizer = newOptimizer();
      for (const [i, name] of parameters.entries()) tf.tidy(() => variables[i]?.assign(tensor(name)));
    },
    step() {
      const value = tf.tidy(() => {
        const found = gradients();
        optimizer.applyGradients(found.grads);
        return found.value;
      });
      last = value.dataSync()[0] as number;
      value.dispose();
    },
    loss: () => last,
    // Its moments are out of reach: the gradients are computed once more, at the first weights.
    results() {
      return tf.tidy(() => {
        const now = variables.map((v) => v.dataSync().slice());
        for (const [i, name] of parameters.entries()) variables[i]?.assign(tensor(name));
        const { grads } = gradients();
        const found = parameters.map((name, i) => {
          const variable = variables[i] as TfVariable;
          const data = grads[variable.name]?.dataSync() ?? new Float32Array();
          const shape = given.tensors[name]?.shape ?? [];
          return [name, imaged ? fromChannelsLast(name, data, shape) : data] as const;
        });
        for (const [i, data] of now.entries())
          variables[i]?.assign(tf.tensor(data, variables[i]?.shape ?? []));
        return Object.fromEntries(found);
      });
    },
  };
}

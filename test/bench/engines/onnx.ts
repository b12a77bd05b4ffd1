/** ONNX Runtime for the web, on one Wasm thread. Its tensors live in JavaScript between the runs. */

import type { Case } from './case.ts';
import { type Contender, corrections, gradientFromMean } from './contender.ts';
import { size } from './data.ts';
import { onnxTraining, onnxValue } from './onnx-models.ts';

interface OrtTensor {
  readonly data: Float32Array;
}

interface Session {
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Record<string, OrtTensor>>;
}

export interface Ort {
  readonly env: { readonly wasm: { numThreads: number; wasmPaths?: string } };
  readonly InferenceSession: {
    create(model: Uint8Array, options: { executionProviders: string[] }): Promise<Session>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OrtTensor;
}

export async function openOnnx({ workload, tensors }: Case, module: unknown): Promise<Contender> {
  const ort = module as Ort;
  ort.env.wasm.numThreads = 1;
  const create = (model: Uint8Array) => ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const tensor = (data: Float32Array, shape: readonly number[]) => new ort.Tensor('float32', data, shape);
  const first = () =>
    Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, tensor(t.data.slice(), t.shape)]));

  if (workload.kind === 'value') {
    const session = await create(onnxValue(workload.name, tensors));
    const feeds = first();
    let out: ArrayLike<number> = [];
    return {
      restart() {},
      async step() {
        out = (await session.run(feeds)).out?.data ?? [];
      },
      loss: () => 0,
      results: () => ({ out }),
    };
  }

  const { parameters } = workload;
  const session = await create(onnxTraining(workload.name, parameters, tensors));
  let feeds: Record<string, OrtTensor> = {};
  let [steps, last] = [0, 0];
  return {
    restart() {
      feeds = first();
      for (const name of parameters) {
        const shape = tensors[name]?.shape ?? [];
        for (const moment of ['m', 'v'])
          feeds[`${moment}.${name}`] = tensor(new Float32Array(size(shape)), shape);
      }
      steps = 0;
    },
    async step() {
      const [c1, c2] = corrections(++steps);
      feeds.c1 = tensor(Float32Array.of(c1), []);
      feeds.c2 = tensor(Float32Array.of(c2), []);
      const { loss, ...outputs } = await session.run(feeds);
      for (const [name, value] of Object.entries(outputs)) feeds[name.slice('next.'.length)] = value;
      last = loss?.data[0] as number;
    },
    loss: () => last,
    results: () =>
      Object.fromEntries(parameters.map((name) => [name, gradientFromMean(feeds[`m.${name}`]?.data ?? [])])),
  };
}

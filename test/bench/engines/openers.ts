/** The contenders in JavaScript, by name. Each loads its package only when it is asked for. */
import type { Names, Open } from './contender.ts';
import { openJax } from './jax.ts';
import { openOnnx } from './onnx.ts';
import { openOurs } from './ours.ts';
import { openTf } from './tf.ts';

/** How a host gets at the peers' packages; their types are not ours, so each contender says what it uses. */
export interface PeerModules {
  jax(): Promise<unknown>;
  tf(): Promise<unknown>;
  ort(): Promise<unknown>;
}

export const openers = (modules: PeerModules): Readonly<Record<Names, Open>> => ({
  tensorloom: (given) => openOurs(given),
  'jax-js': async (given) => openJax(given, await modules.jax()),
  'tfjs-wasm': async (given) => openTf(given, await modules.tf()),
  'onnxruntime-web': async (given) => openOnnx(given, await modules.ort()),
});

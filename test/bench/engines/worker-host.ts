/** One JavaScript engine in a worker of a browser. A classic worker: tfjs is published as scripts. */
import type { Names } from './contender.ts';
import { createHost, type Request } from './host.ts';
import { openers, type PeerModules } from './openers.ts';

declare function importScripts(...urls: string[]): void;

const packages = '/peers/node_modules';

const modules: PeerModules = {
  jax: () => import(/* @vite-ignore */ `${packages}/@jax-js/jax/dist/index.js`),
  async tf() {
    const wasmPath = `${packages}/@tensorflow/tfjs-backend-wasm/dist/`;
    importScripts(`${packages}/@tensorflow/tfjs/dist/tf.min.js`, `${wasmPath}tf-backend-wasm.min.js`);
    const { tf } = globalThis as unknown as { tf: { readonly wasm: unknown } };
    return { tf, wasm: tf.wasm, wasmPath };
  },
  ort: () => import(/* @vite-ignore */ `${packages}/onnxruntime-web/dist/ort.wasm.bundle.min.mjs`),
};

/** The worker's name says which engine it is. */
const open = openers(modules)[self.name as Names];
const host = createHost(open, async (file) => (await fetch(`/cases/${file}`)).arrayBuffer());

self.onmessage = ({ data }: MessageEvent<Request>) => {
  host(data).then(
    (ok) => self.postMessage({ ok }),
    (error: unknown) => self.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
};

/** One JavaScript engine in a Node process of its own: the two ends of the channel to it. */
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { enableRelaxedSimd } from '../../../src/cli/relaxed-simd.ts';
import type { Names } from './contender.ts';
import { createHost, type Request, type Serve } from './host.ts';
import { openers, type PeerModules } from './openers.ts';

/** What a process needs to be told: which engine, and where cases and peers' packages lie. */
interface Task {
  readonly engine: Names;
  readonly cases: string;
  readonly peers: string;
}

type Answer = { readonly ok: unknown } | { readonly error: string };

export interface Remote {
  readonly ask: Serve;
  /** Seconds for which its thread has had a processor, where the system tells from outside. */
  readonly used?: () => number | undefined;
  close(): void | Promise<void>;
}

/** `program` is the file that calls `serveTask` when it is forked. */
export function startHost(program: string, task: Task): Remote {
  const child = fork(program, [JSON.stringify(task)], { serialization: 'advanced' });
  let settle: ((answer: Answer) => void) | undefined;
  child.on('message', (answer: Answer) => settle?.(answer));
  child.on('exit', (code) => settle?.({ error: `its process ended with ${code}` }));
  const ask = async (request: Request): Promise<unknown> => {
    const answer = await new Promise<Answer>((resolve) => {
      settle = resolve;
      child.send(request);
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer.ok;
  };
  return { ask: ask as Serve, used: () => processorSecondsOf(child.pid), close: () => void child.kill() };
}

/** Linux only. */
function processorSecondsOf(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) * 1e-9 : undefined;
}

/** Serves in a forked process; false in any other. */
export function serveTask(): boolean {
  if (!process.send) return false;
  enableRelaxedSimd();
  const reply = (answer: Answer) => process.send?.(answer);
  const { engine, cases, peers } = JSON.parse(process.argv[2] as string) as Task;
  const read = async (file: string) => {
    const bytes = await readFile(`${cases}/${file}`);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  };
  const host = createHost(openers(nodeModules(peers))[engine], read);
  process.on('message', (request: Request) => {
    host(request).then(
      (ok) => reply({ ok }),
      (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  return true;
}

/** The peers' packages where the benchmark installed them. */
function nodeModules(peers: string): PeerModules {
  const require = createRequire(pathToFileURL(`${peers}/package.json`));
  const file = (name: string) => pathToFileURL(`${peers}/node_modules/${name}`).href;
  return {
    jax: () => import(file('@jax-js/jax/dist/index.js')),
    async tf() {
      const name = '@tensorflow/tfjs';
      const wasm: unknown = require(`${name}-backend-wasm`);
      return { tf: require(name), wasm, wasmPath: `${peers}/node_modules/${name}-backend-wasm/dist/` };
    },
    ort: () => import(file('onnxruntime-web/dist/ort.node.min.mjs')),
  };
}

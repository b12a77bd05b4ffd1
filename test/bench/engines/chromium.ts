/**
 * The JavaScript engines in workers of a headless Chromium, behind the same requests as in Node. The page is
 * isolated from other origins, so that it has what a hosted page would have.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Names } from './contender.ts';
import type { Request, Serve } from './host.ts';
import type { Remote } from './node-host.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Answer = { readonly ok: unknown } | { readonly error: string };

/** Builds the worker, serves it and opens it in a browser, once for each engine. */
export async function startChromium(
  names: readonly Names[],
  cases: string,
  peers: string,
): Promise<ReadonlyMap<Names, Remote>> {
  const script = await buildWorker();
  const server = await serve({ cases, peers, worker: script });
  const { findBrowser } = (await import(pathToFileURL(`${process.cwd()}/scripts/browser.mjs`).href)) as {
    findBrowser(): Promise<{ env: Record<string, string> } | undefined>;
  };
  const found = await findBrowser();
  if (!found) throw new Error('no browser could be found or installed');
  const { chromium } = await import('@playwright/test');
  const executablePath = found.env.CHROMIUM_PATH;
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    env: { ...process.env, ...found.env } as Record<string, string>,
    args: flags,
  });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return new Map(
    names.map((name): [Names, Remote] => {
      const ask = async (request: Request): Promise<unknown> => {
        const answer = await page.evaluate(askWorker, { name, request });
        if ('error' in answer) throw new Error(answer.error);
        return answer.ok;
      };
      return [name, { ask: ask as Serve, close }];
    }),
  );
}

/** Runs in the page. The worker of an engine is started by the first question to it. */
function askWorker({ name, request }: { name: Names; request: Request }): Promise<Answer> {
  const known = globalThis as unknown as { hosts?: Map<string, Worker> };
  known.hosts ??= new Map();
  const worker = known.hosts.get(name) ?? new Worker('/worker/host.js', { name });
  known.hosts.set(name, worker);
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = (event) => resolve({ error: event.message });
    worker.postMessage(request);
  });
}

/** The folder that holds the worker as one script. */
async function buildWorker(): Promise<string> {
  const { build } = await import('vite');
  const outDir = 'build/bench/engines-worker';
  await build({
    root: process.cwd(),
    configFile: false,
    // It would warn of import.meta in its own helper, which a classic worker never reaches.
    logLevel: 'error',
    publicDir: false,
    build: {
      target: 'esnext',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: { host: 'test/bench/engines/worker-host.ts' },
        output: { format: 'iife', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  });
  return `${process.cwd()}/${outDir}`;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves each folder under its name, and an empty page for everything else. */
async function serve(folders: Readonly<Record<string, string>>): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const [, folder = '', ...rest] = normalize(decodeURIComponent(url.split('?')[0] as string)).split('/');
    const file = folders[folder] && join(folders[folder], ...rest);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    if (!file) {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>bench</title>');
    } else if (!existsSync(file)) {
      response.writeHead(404).end();
    } else {
      response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
      createReadStream(file).pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

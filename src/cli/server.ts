/** A web server for the built page and nothing else: it reads files below one folder, but hidden ones. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname, extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { pageHeaders as headers } from './page-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface RunningServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Where the build puts the page: beside the bundle of the command line. */
export const pageFolder = (): string => join(dirname(dirname(fileURLToPath(import.meta.url))), 'page');

export async function startServer(options: {
  folder: string;
  host: string;
  port: number;
}): Promise<RunningServer> {
  const folder = await realpath(options.folder);
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    address: `http://${host}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const readable = request.method === 'GET' || request.method === 'HEAD';
  const file = readable ? await resolveFile(folder, request.url ?? '/') : undefined;
  if (!file) {
    const status = readable ? 404 : 405;
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' }).end(`${status}\n`);
    return;
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': types[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': file.size,
    'Cache-Control': 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file.path), response);
}

/** The file that an address means; undefined when there is none, or when it lies outside the folder, links followed. */
async function resolveFile(folder: string, url: string): Promise<{ path: string; size: number } | undefined> {
  try {
    const { pathname } = new URL(url, 'http://localhost');
    // Folders' own files (.git, .env) are no part of a page.
    if (
      decodeURIComponent(pathname)
        .split('/')
        .some((part) => part.startsWith('.'))
    )
      return undefined;
    const asked = join(folder, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
    const path = await realpath(asked);
    if (!path.startsWith(folder + sep)) return undefined;
    const info = await stat(path);
    return info.isFile() ? { path, size: info.size } : undefined;
  } catch {
    // No such file, an address that cannot be decoded, or a path with a null character.
    return undefined;
  }
}

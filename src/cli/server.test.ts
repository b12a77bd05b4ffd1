import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './server.ts';

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page', 'index.html'), '<p>page');
  await writeFile(join(folder, 'page', '.env'), 'secret');
  await mkdir(join(folder, 'page', '.git'));
  await writeFile(join(folder, 'page', '.git', 'config'), 'secret');
  await writeFile(join(folder, 'page', 'assets', 'kernel.wasm'), 'wasm');
  await symlink(join(folder, 'secret.txt'), join(folder, 'page', 'way-out.txt'));
  server = await startServer({ folder: join(folder, 'page'), host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Sends the path as it stands: `fetch` would tidy it up. */
const get = (path: string, method = 'GET') =>
  new Promise<{ status: number; type: string; isolated: boolean; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(server.address);
    request({ hostname, port, path, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          isolated:
            response.headers['cross-origin-opener-policy'] === 'same-origin' &&
            response.headers['cross-origin-embedder-policy'] === 'require-corp',
          body,
        }),
      );
    })
      .on('error', reject)
      .end();
  });

describe('the server', () => {
  it('serves the page and its parts, isolated and with their types', async () => {
    expect(await get('/')).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      isolated: true,
      body: '<p>page',
    });
    expect(await get('/assets/kernel.wasm?v=1')).toMatchObject({
      status: 200,
      type: 'application/wasm',
      body: 'wasm',
    });
    expect(await get('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/way-out.txt',
    '/%00',
    '/%',
    '/assets',
    '/nowhere',
    '/.env',
    '/%2eenv',
    '/.git/config',
    '/assets/../.env',
    '/assets%2f..%2f.git%2fconfig',
    '//etc/passwd',
  ])('has nothing at %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: '404\n' });
  });

  it('says what the page may do, and that nobody may frame it', async () => {
    const { headers } = await fetch(server.address);
    const policy = headers.get('content-security-policy') ?? '';
    const rules = Object.fromEntries(policy.split('; ').map((rule) => rule.split(/ (.*)/, 2)));
    expect(rules).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(policy).not.toContain('unsafe-inline');
    expect(policy.replace('wasm-unsafe-eval', '')).not.toContain('unsafe-eval');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const missing = await fetch(`${server.address}nowhere`);
    expect(missing.headers.get('x-content-type-options')).toBe('nosniff');
    expect(missing.headers.get('content-security-policy')).toBe(policy);
  });

  it('only reads', async () => {
    expect(await get('/', 'POST')).toMatchObject({ status: 405 });
  });
});

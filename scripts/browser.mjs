/**
 * Finds a Chromium for the end-to-end tests, and installs one where there is none. A candidate
 * counts only when it starts. Returns the environment under which Playwright finds it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { needsShell, root } from './install.mjs';

const cache = `${root}.cache/chromium`;

/** @returns {Promise<{ env: Record<string, string> } | undefined>} */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given)
    return (await starts({ CHROMIUM_PATH: given })) ?? fail(`CHROMIUM_PATH (${given}) does not start.`);
  return (
    (await starts({})) ??
    (await onPath()) ??
    (await starts(packagedEnv())) ??
    (await downloaded()) ??
    (await packaged())
  );
}

function fail(message) {
  console.error(message);
  return undefined;
}

/** The environment, when the browser that it names (Playwright's own if none) starts under it. */
async function starts(env) {
  const executablePath = env.CHROMIUM_PATH ?? chromium.executablePath();
  if (env.CHROMIUM_PATH && !existsSync(executablePath)) return undefined;
  try {
    const browser = await chromium.launch({
      ...(env.CHROMIUM_PATH ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu'],
      env: { ...process.env, ...env },
      timeout: 30_000,
    });
    await browser.close();
    return { env };
  } catch {
    return undefined;
  }
}

async function onPath() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    const found = status === 0 ? await starts({ CHROMIUM_PATH: stdout.trim() }) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Playwright's own download, where the network is open to it. */
async function downloaded() {
  console.log('No browser here: trying Playwright’s download.');
  const { status } = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    cwd: root,
    stdio: 'ignore',
    shell: needsShell('npx'),
    timeout: 180_000,
  });
  return status === 0 ? starts({}) : undefined;
}

const packagedEnv = () => ({
  CHROMIUM_PATH: `${cache}/chromium`,
  // Bare systems lack NSS and NSPR; the package brings them.
  LD_LIBRARY_PATH: [`${cache}/lib`, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
});

/** A Chromium inside an npm package, unpacked into .cache/: needs nothing of the system. */
async function packaged() {
  console.log('Installing a browser from npm.');
  mkdirSync(cache, { recursive: true });
  const npm = [
    'install',
    '--prefix',
    cache,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '@sparticuz/chromium@147',
  ];
  const { status } = spawnSync('npm', npm, {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: needsShell('npm'),
  });
  if (status !== 0) return undefined;
  const bin = `${cache}/node_modules/@sparticuz/chromium/bin`;
  const unpack = (name) => brotliDecompressSync(readFileSync(`${bin}/${name}.br`));
  writeFileSync(`${cache}/chromium`, unpack('chromium'));
  chmodSync(`${cache}/chromium`, 0o755);
  for (const name of ['al2023.tar', 'swiftshader.tar']) {
    execFileSync('tar', ['-x', '-C', cache], { input: unpack(name), maxBuffer: Number.POSITIVE_INFINITY });
  }
  rmSync(`${cache}/node_modules`, { recursive: true });
  return starts(packagedEnv());
}

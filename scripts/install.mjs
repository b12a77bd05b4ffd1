/**
 * Brings node_modules in line with package-lock.json. It uses Node alone, because it runs before
 * anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Whether a program must be started through a shell: on Windows `npm` and `npx` are batch files. */
export const needsShell = (command) => process.platform === 'win32' && /^np[mx]$/.test(command);

const modified = (file) => statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Runs a program in the root folder, its output passed through; ends this process when it fails. */
export function must(command, ...args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: needsShell(command),
  });
  if (status === 0) return;
  console.error(`\n${command} ${args.join(' ')} failed.`);
  process.exit(status ?? 1);
}

/** Stops with a plain sentence on a Node that is too old. */
export function needNode() {
  const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [hasMajor, hasMinor] = process.versions.node.split('.').map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  console.error(`Tensorloom needs Node ${engines.node}; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs when node_modules is missing or older than the lock file; `npm ci` then builds kernels and CLI by itself. */
export function install() {
  needNode();
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json'))
    must('npm', 'run', '-s', 'prepare');
  else must('npm', 'ci', '--no-audit', '--no-fund');
}

/** One step of a check or test run: a script of package.json, with a heading and its time. */
import { spawnSync } from 'node:child_process';
import { needsShell, root } from './install.mjs';

/** True when the script succeeded. */
export function step(name, env = {}) {
  console.log(`\n── ${name}`);
  const begin = performance.now();
  const { status } = spawnSync('npm', ['run', '-s', name], {
    cwd: root,
    stdio: 'inherit',
    shell: needsShell('npm'),
    env: { ...process.env, ...env },
  });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  return status === 0;
}

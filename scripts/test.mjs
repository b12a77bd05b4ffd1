/**
 * `npm test`: installs what is missing, a browser included, and runs everything. A step that fails
 * does not hide the next one. The last line is the total over unit and end-to-end tests, in which a
 * failed step without tests of its own (types, layering …) counts as one failure.
 */
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { install, root } from './install.mjs';

const resultFiles = { unit: 'build/results/unit.json', e2e: 'build/results/e2e.json' };

/** What a step counted, from the JSON that vitest and Playwright write; a crash leaves no file. */
function tally(name) {
  try {
    const result = JSON.parse(readFileSync(`${root}${resultFiles[name]}`, 'utf8'));
    if (name === 'unit') return { passed: result.numPassedTests, failed: result.numFailedTests, flaky: [] };
    return { passed: result.stats.expected, failed: result.stats.unexpected, flaky: flakyIn(result.suites) };
  } catch {
    return { passed: 0, failed: 0, flaky: [] };
  }
}

/** Titles of the browser tests that failed and then passed, at any depth of these suites. */
function flakyIn(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
    ...flakyIn(inner),
  ]);
}

/** The first free port from `port` on. */
async function freePort(port) {
  const free = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });
  return free ? port : freePort(port + 1);
}

install();
for (const file of Object.values(resultFiles)) rmSync(`${root}${file}`, { force: true });

const { checks } = await import('./check.mjs');
const { step } = await import('./step.mjs');
const { findBrowser } = await import('./browser.mjs');
const browser = await findBrowser();
const env = { ...browser?.env, TENSORLOOM_PORT: String(await freePort(4173)) };
if (!browser) console.error('No browser could be found or installed; the end-to-end tests will fail.');

const total = { passed: 0, failed: 0, flaky: [] };
const lines = [];
for (const name of [...checks, 'build', 'e2e']) {
  const ok = step(name, env);
  const { passed, failed, flaky } = tally(name);
  total.passed += passed + flaky.length;
  total.flaky.push(...flaky);
  total.failed += ok ? failed : Math.max(failed, 1);
  lines.push(
    `${ok ? '  ok    ' : '  FAILED'}  ${name}${passed + failed ? `: ${passed} passed, ${failed} failed` : ''}`,
  );
}

console.log(`\n${lines.join('\n')}\n`);
for (const title of total.flaky) console.log(`only at the second try: ${title}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);

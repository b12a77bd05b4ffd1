/**
 * `npm run templates [-- NAME…]`: trains the named templates, or all that promise a figure, and holds them to it.
 * `--long` leaves those out that unit tests train. `--validate` judges by training rows that are taken out of learning:
 * by these settings are chosen, tried as `--set=nodes.optimizer.params.rate=0.01`. `--hosts`: trains all for 50 steps in the page's worker and by the
 * command line instead, and compares every figure and every learned number, bit by bit. Exits with 1 where one is not met.
 */
import '../support/relaxed-simd.ts';
import { installEverything } from '../../src/catalogue/everything.ts';
import { templates } from '../../templates/index.ts';
import { differencesBetweenHosts } from '../hosts/traces.ts';
import { type Figure, figures, isMet, trained } from './figures.ts';

installEverything();

const promise = ({ metric, atLeast, atMost, below }: Figure): string =>
  `${metric} ${atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`}${below ? `, < ${below}` : ''}`;

const validates = process.argv.includes('--validate');
const settings = process.argv.flatMap((word) =>
  word.startsWith('--set=') ? word.slice('--set='.length) : [],
);
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));

async function compareHosts(): Promise<number> {
  let failed = 0;
  const chosen = templates.filter(({ name }) => asked.length === 0 || asked.includes(name));
  for (const template of chosen) {
    const begun = performance.now();
    const found = await differencesBetweenHosts(template, 50);
    if (found === 'trains nothing') continue;
    if (found.length > 0) failed++;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${found.length > 0 ? 'FAILED' : 'ok    '}  ${template.name.padEnd(24)}  ${seconds} s`);
    for (const difference of found.slice(0, 5)) console.log(`        ${difference}`);
  }
  return failed;
}

async function trainAll(): Promise<number> {
  const onlyLong = process.argv.includes('--long');
  const chosen = figures.filter(
    ({ template, isLong }) => (asked.length === 0 || asked.includes(template)) && (!onlyLong || isLong),
  );
  const unknown = asked.filter((name) => !chosen.some(({ template }) => template === name));
  for (const name of unknown) console.error(`no template “${name}” promises a figure`);
  let failed = unknown.length;
  for (const figure of chosen) {
    const begun = performance.now();
    const metrics = await trained(figure.template, { settings, validates });
    const reached = metrics[figure.metric] ?? Number.NaN;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const met = isMet(figure, metrics);
    if (!met) failed++;
    const told = [
      met ? 'ok    ' : 'FAILED',
      figure.template.padEnd(24),
      promise(figure).padEnd(24),
      reached.toPrecision(5).padEnd(10),
      `${seconds} s`,
    ];
    console.log(told.join('  '));
  }
  console.log(`\n${chosen.length} figures, ${failed} not met`);
  return failed;
}

const failed = process.argv.includes('--hosts') ? await compareHosts() : await trainAll();
process.exitCode = failed > 0 ? 1 : 0;

/**
 * `npm run templates [-- NAME…]`: trains the named templates, or all that promise a figure, and holds them to it.
 * `--long` leaves those out that unit tests train. Exits with 1 where one is not met.
 */
import { installEverything } from '../../src/catalogue/everything.ts';
import { type Figure, figures, isMet, trained } from './figures.ts';

installEverything();

const promise = ({ metric, atLeast, atMost, below }: Figure): string =>
  `${metric} ${atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`}${below ? `, < ${below}` : ''}`;

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const onlyLong = process.argv.includes('--long');
const chosen = figures.filter(
  ({ template, isLong }) => (asked.length === 0 || asked.includes(template)) && (!onlyLong || isLong),
);
const unknown = asked.filter((name) => !chosen.some(({ template }) => template === name));
for (const name of unknown) console.error(`no template “${name}” promises a figure`);
let failed = unknown.length;
for (const figure of chosen) {
  const begun = performance.now();
  const metrics = await trained(figure.template);
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
process.exitCode = failed > 0 ? 1 : 0;

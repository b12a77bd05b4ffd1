/**
 * Runs in the page's worker and on the command line, bit by bit. Here are templates that are quick, one for each kind
 * of network; `npm run templates -- --hosts` compares all.
 */
import { expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { differencesBetweenHosts } from './traces.ts';

it.each(['two-moons-mlp', 'wine-csv', 'digits-mlp', 'mps-digits', 'rolling-downhill', 'langevin-escape'])(
  '%s: 50 steps are the same',
  async (name) => {
    const template = templates.find((one) => one.name === name)!;
    expect(await differencesBetweenHosts(template, 50)).toEqual([]);
  },
);

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openOurs } from './ours.ts';
import { hasSignal, relativeError } from './statistics.ts';
import { findWorkload, tensorsOf } from './workloads.ts';

const graph = (name: string) =>
  JSON.parse(readFileSync(new URL(`../graphs/${name}.json`, import.meta.url), 'utf8'));

describe.each(['mlp-small', 'hnn'])('%s', (name) => {
  const workload = findWorkload(name);
  const given = { workload, document: graph(name), tensors: tensorsOf(workload) };

  it('its gradients in single precision are those in double precision', async () => {
    const [single, double] = [await openOurs(given), await openOurs(given, 'float64')];
    for (const contender of [single, double]) {
      await contender.restart();
      await contender.step();
    }
    const [rough, exact] = [await single.results(), await double.results()];
    expect(Object.keys(exact)).toEqual(workload.parameters);
    expect(Object.values(exact).some(hasSignal)).toBe(true);
    for (const [parameter, gradient] of Object.entries(exact))
      expect(relativeError(rough[parameter] ?? [], gradient)).toBeLessThan(1e-5);
  });

  it('a restart goes back to the first weights', async () => {
    const contender = await openOurs(given);
    await contender.restart();
    await contender.step();
    const first = await contender.loss();
    await contender.step();
    expect(await contender.loss()).not.toBe(first);
    await contender.restart();
    await contender.step();
    expect(await contender.loss()).toBe(first);
  });
});

/** Heat escapes local minima: descent stays, and walkers leave their valley at Kramers' rate. */
import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Json } from '../../src/base/edit.ts';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

const set = (node: string, param: string, value: Json) => (draft: GraphDocument) => {
  const found = draft.nodes[node];
  if (!found) throw new Error(`there is no node ${node}`);
  found.params[param] = value;
};

testLesson('langevin-escape', {
  does: {
    'guess-ball': () => {},
    run: () => {},
    colder: set('T', 'values', [0.12]),
    'no-heat': set('T', 'values', [0]),
    mirror: set('U', 'tilt', -0.25),
  },
  twins: [
    {
      // Half the temperature moves the walkers; the whole one stands in theory.
      what: 'noise of √(ηT) instead of √(2ηT)',
      change({ nodes, edges }) {
        const wire = edges['T-out-heat-temperature'];
        if (!wire) throw new Error('the wire of the temperature has another name');
        nodes.half = { type: 'scale', params: { factor: 0.5 } };
        edges.half = { from: wire.from, to: { node: 'half', port: 'x' } };
        edges['T-out-heat-temperature'] = { from: { node: 'half', port: 'out' }, to: wire.to };
      },
      breaks: ['kramers'],
    },
    { what: 'a ball that keeps its speed', change: set('descent', 'momentum', 0.99), breaks: ['stays'] },
    { what: 'a start beyond the barrier', change: set('ball', 'values', [-0.05]), breaks: ['stays'] },
  ],
});

it('holds for fewer walkers on the reference engine', async () => {
  const whole = await lessonNamed('langevin-escape').load();
  const fewer = changed(whole, set('walkers', 'axes', [{ name: 'chain', size: 500 }]));
  for (const verdict of Object.values(await verdictsOf(fewer, { engine: 'reference' })))
    expect(verdict).toMatchObject({ met: true });
}, 20_000);

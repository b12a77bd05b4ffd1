import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

const wire = (from: string, port: string, to: string, input: string) => ({
  from: { node: from, port },
  to: { node: to, port: input },
});

/** Both motions, in whatever. */
const motions = ({ nodes }: GraphDocument, params: Readonly<Record<string, unknown>>) => {
  for (const id of ['hnn-motion', 'plain-motion']) Object.assign(nodes[id]!.params, params);
};

testLesson('hamiltonian-spring', {
  doesTrained: {
    guess: () => {},
    longer: (draft) => motions(draft, { steps: 400 }),
    backwards: (draft) => motions(draft, { h: -0.1 }),
  },
  twins: [
    {
      what: 'labels swapped: states in the place of their rates of change',
      change: (draft) => {
        draft.run = { ...draft.run!, steps: 200 };
        draft.edges['data-hnn-loss-target']!.from.port = 'x';
      },
      breaks: ['fit-check'],
    },
    {
      what: 'the gradient of H, which is not turned',
      change: (draft) => {
        draft.run = { ...draft.run!, steps: 200 };
        draft.nodes['hnn-field'] = { type: 'gradient', params: {} };
        draft.nodes.sum = { type: 'contract', params: { expression: 'xo->' } };
        draft.edges['hnn-hnn-field-energy'] = wire('hnn', 'of-rows', 'sum', 'a');
        draft.edges['sum-of'] = wire('sum', 'out', 'hnn-field', 'of');
        draft.edges['data-hnn-field-state'] = wire('data', 'x', 'hnn-field', 'by');
        draft.edges['hnn-field-hnn-loss-prediction'] = wire('hnn-field', 'out', 'hnn-loss', 'prediction');
      },
      breaks: ['fit-check'],
    },
    {
      what: 'a wrong sign: momenta pushed uphill',
      isTrained: true,
      change: ({ nodes, edges }) => {
        const axes = [
          { name: 'e', size: 2 },
          { name: 'f', size: 2 },
        ];
        nodes.sign = { type: 'tensor', params: { axes, fill: 'values', values: [1, 0, 0, -1] } };
        nodes.uphill = { type: 'contract', params: { expression: 'ne,ef->nf' } };
        edges['follow-field-hnn-motion-field'] = wire('uphill', 'out', 'hnn-motion', 'field');
        edges['uphill-a'] = wire('follow-field', 'field', 'uphill', 'a');
        edges['uphill-b'] = wire('sign', 'out', 'uphill', 'b');
      },
      breaks: ['hnn-check'],
    },
    {
      what: 'steps of Euler’s method',
      isTrained: true,
      change: (draft) => motions(draft, { method: 'euler' }),
      breaks: ['hnn-check'],
    },
    {
      what: 'the plain motion in the place of the other',
      isTrained: true,
      change: ({ edges }) => {
        edges['hnn-motion-hnn-energy-state']!.from.node = 'plain-motion';
      },
      breaks: ['hnn-check', 'ratio-check'],
    },
  ],
});

it('holds for small networks on the reference engine', async () => {
  const small = structuredClone(await lessonNamed('hamiltonian-spring').load());
  small.dims.hidden = 16;
  small.dims.B = 300;
  Object.assign(small.nodes.optimizer!.params, { rate: 0.01 });
  // Of steps that see less than half of the data at once more noise is left.
  Object.assign(small.nodes['hnn-check']!.params, { theory: 0.001 });
  small.run = { ...small.run, steps: 200, evaluateEvery: 200 };
  for (const verdict of Object.values(await verdictsOf(small, { engine: 'reference' })))
    expect(verdict).toMatchObject({ met: true });
}, 120_000);

import { expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { serialize } from '../../graph-schema/serialize.ts';
import type { ParamsMigration } from '../catalogue/migrations.ts';
import { readDocument } from './read-document.ts';

const migrations: readonly ParamsMigration[] = [{ replaces: ['lr'], by: ({ lr = null }) => ({ rate: lr }) }];
const read = (input: unknown) => readDocument(input, (type) => (type === 'sgd' ? migrations : undefined));

const nodes: GraphDocument['nodes'] = {
  old: { type: 'sgd', params: { lr: 0.5 }, label: 'kept' },
  now: { type: 'sgd', params: { rate: 0.5 } },
  other: { type: 'linear', params: { lr: 0.5 } },
};
const document: GraphDocument = {
  ...emptyDocument('old'),
  nodes,
  blocks: { b: { dims: {}, numbers: {}, nodes, edges: {}, layout: { nodes: {} } } },
};

it('brings parameters to the shape of their types, in blocks too', () => {
  const { value } = read(serialize(document));
  for (const level of [value, value?.blocks.b])
    expect(level?.nodes).toEqual({ ...nodes, old: { type: 'sgd', params: { rate: 0.5 }, label: 'kept' } });
});

it('what is saved again is read as it is: nothing is migrated twice', () => {
  const { value } = read(document);
  const saved = serialize(value as GraphDocument);
  expect(read(saved).value).toEqual(value);
  expect(parseGraph(saved).value).toEqual(value);
});

it('says what is wrong with a document as parseGraph does', () => {
  expect(readDocument('{').diagnostics).toEqual(parseGraph('{').diagnostics);
});

it.each([
  [{ weightDecay: 0.1 }, 'adamw', { decay: 0.1 }],
  [{ weightDecay: { number: 'λ' }, coupled: false }, 'adamw', { decay: { number: 'λ' } }],
  [{ weightDecay: 0.1, coupled: true }, 'adam', { decay: 0.1 }],
  [{ weightDecay: 0, rate: 0.1 }, 'adam', { decay: 0, rate: 0.1 }],
  [{ coupled: true }, 'adam', { decay: 0 }],
  [{ rate: 0.1 }, 'adam', { rate: 0.1 }],
])('Adam with %j, from when one type had both kinds of decay, is %s', (params, type, now) => {
  const { value } = readDocument({ ...document, nodes: { a: { type: 'adam', params } } });
  expect(value?.nodes.a).toEqual({ type, params: now });
});

import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { catalogue } from './index.ts';
import { createRegistry } from './registry.ts';

const { blocks } = parseGraph({
  ...emptyDocument('blocks'),
  blocks: {
    layer: {
      name: 'Layer',
      description: 'One layer.',
      nodes: {
        y: { type: 'block-output' },
        x: { type: 'block-input' },
        mask: { type: 'block-input', label: 'Mask' },
        inner: { type: 'linear', params: { units: 3 } },
      },
    },
    nameless: {},
  },
}).value!;
const registry = createRegistry(catalogue, blocks);
const instance = (block: unknown) => ({ type: 'block', params: { block } as never });

describe('a registry', () => {
  it('knows the catalogue, and the document’s blocks after it', () => {
    expect(registry.all.slice(0, catalogue.length)).toEqual(catalogue);
    const own = registry.all.slice(catalogue.length);
    expect(own.map(({ title, preset }) => [title.en, preset])).toEqual([
      ['Layer', { block: 'layer' }],
      ['nameless', { block: 'nameless' }],
    ]);
    expect(registry.find('linear')).toBe(catalogue.find(({ type }) => type === 'linear'));
    expect(registry.find('no such type')).toBeUndefined();
    expect(registry.find('block-input')?.outputs).toEqual([{ name: 'out' }]);
  });

  it('gives a block the ports that are drawn inside, in their order', () => {
    const definition = registry.of(instance('layer'));
    expect(definition?.inputs).toEqual([{ name: 'x' }, { name: 'mask', title: { en: 'Mask', zh: 'Mask' } }]);
    expect(definition?.outputs).toEqual([{ name: 'y' }]);
    expect(definition?.doc.en).toBe('One layer.');
  });

  it('keeps a block’s definition for as long as the block is the same', () => {
    expect(createRegistry(catalogue, { ...blocks }).of(instance('layer'))).toBe(
      registry.of(instance('layer')),
    );
    const changed = { ...blocks, layer: { ...blocks.layer! } };
    expect(createRegistry(catalogue, changed).of(instance('layer'))).not.toBe(registry.of(instance('layer')));
  });

  it.each(['gone', 'constructor', 3, undefined])('has no definition for a use of %s', (block) => {
    expect(registry.of(instance(block))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Text } from '../../base/text.ts';
import { blocks, instance, sketch, tensor } from '../../compiler/explain/sketches.ts';
import { fixesFor } from '../../compiler/fixes/index.ts';
import { check, createChecker } from '../../compiler/index.ts';
import { asDrawn } from './drawn-names.ts';

const first = (document: GraphDocument) => check(document).diagnostics[0]!;
const says = (document: GraphDocument, text: Text) => [
  asDrawn(document, text, 'en'),
  asDrawn(document, text, 'zh'),
];

describe('messages call nodes as they are drawn', () => {
  it('by their type where one node has it', () => {
    const document = sketch({ a: tensor('i 2'), add2: { type: 'add' } }, ['a.out > add2.a']);
    expect(first(document).message.en).toBe('Input "b" of Add “add2” has no wire.');
    expect(says(document, first(document).message)).toEqual([
      'Input "b" of Add has no wire.',
      '相加的输入 “b” 没有连线。',
    ]);
  });

  it('by a number too from the second of their kind on, and so in fixes', () => {
    const document = sketch({ a: tensor('i 2, j 3'), b: tensor('i 2, j 4'), add2: { type: 'add' } }, [
      'a.out > add2.a',
      'b.out > add2.b',
    ]);
    const conflict = first(document);
    expect(says(document, conflict.message)[0]).toBe(
      'Two sizes meet here and differ: j = 3 comes from Tensor, j = 4 from Tensor #2.',
    );
    const titles = fixesFor(document, check(document), conflict, createChecker()).map(({ title }) =>
      asDrawn(document, title, 'en'),
    );
    expect(titles).toContain('Set j of Tensor #2 to 3 (now 4)');
    expect(titles.join()).not.toContain('“');
  });

  it('by their label where they have one', () => {
    const drawn = sketch({ add2: { type: 'add' } });
    const document = { ...drawn, nodes: { add2: { ...drawn.nodes.add2!, label: 'residual' } } };
    expect(says(document, first(document).message)[0]).toBe('Input "a" of Add “residual” has no wire.');
  });

  it('by the way to them inside a block', () => {
    const example = blocks({ use: instance('layer') }, { layer: { nodes: { add2: { type: 'add' } } } });
    if (example.by !== 'check') throw new Error('the test is wrong');
    const told = check(example.document).diagnostics.find(({ node }) => node === 'use/add2')!;
    expect(told.message.en).toContain('Add “use/add2”');
    expect(says(example.document, told.message)[0]).not.toContain('add2');
  });

  it('round a loop', () => {
    const document = sketch({ s1: { type: 'scale' }, add2: { type: 'add' } }, [
      's1.y > add2.a',
      'add2.out > s1.x',
      's1.y > add2.b',
    ]);
    expect(says(document, first(document).message)[0]).not.toMatch(/add2|s1/);
  });

  it('what else stands in quotation marks stays', () => {
    const document = sketch({ add2: { type: 'add' } });
    expect(asDrawn(document, { en: '“x” of Scale “add2” and “a”', zh: '' }, 'en')).toBe(
      '“x” of Scale “add2” and “a”',
    );
  });
});

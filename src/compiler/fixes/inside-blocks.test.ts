/** A mistake inside a block is mended there, by the same changes as on the document's own level. */
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import { parseGraph } from '../../../graph-schema/parse.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import { edited } from '../../document/apply-edits.ts';
import { check, createChecker } from '../index.ts';
import { fixesFor } from './index.ts';

interface Mistake {
  readonly nodes: Readonly<Record<string, unknown>>;
  readonly edges: Readonly<Record<string, string>>;
}

const axes = (...sizes: readonly (readonly [string, number])[]) => ({
  axes: sizes.map(([name, size]) => ({ name, size })),
  fill: 'normal',
});

const mistakes: Readonly<Record<string, Mistake>> = {
  'a type that is misspelt': {
    nodes: { a: { type: 'tensor', params: axes(['i', 2]) }, b: { type: 'sofmax' } },
    edges: { e1: 'a.out>b.x' },
  },
  'sizes that differ': {
    nodes: {
      a: { type: 'tensor', params: axes(['i', 2], ['j', 3]) },
      b: { type: 'tensor', params: axes(['j', 4], ['k', 2]) },
      c: { type: 'contract', params: { expression: 'ij,jk->ik' } },
    },
    edges: { e1: 'a.out>c.a', e2: 'b.out>c.b' },
  },
  'operands that are swapped': {
    nodes: {
      a: { type: 'tensor', params: axes(['i', 2], ['j', 3]) },
      b: { type: 'tensor', params: axes(['j', 3], ['k', 5]) },
      c: { type: 'contract', params: { expression: 'ij,jk->ik' } },
    },
    edges: { e1: 'b.out>c.a', e2: 'a.out>c.b' },
  },
  'images where rows are due': {
    nodes: {
      a: { type: 'tensor', params: axes(['batch', 4], ['h', 3], ['w', 3]) },
      b: { type: 'tensor', params: axes(['batch', 4], ['p', 9]) },
      c: { type: 'mse' },
    },
    edges: { e1: 'a.out>c.prediction', e2: 'b.out>c.target' },
  },
  'an input without a wire': {
    nodes: { a: { type: 'tensor', params: axes(['i', 2]) }, b: { type: 'softmax' } },
    edges: {},
  },
};

const level = ({ nodes, edges }: Mistake) => {
  const end = (text: string) => ({ node: text.split('.')[0], port: text.split('.')[1] });
  return {
    nodes,
    edges: Object.fromEntries(
      Object.entries(edges).map(([id, wire]) => {
        const [from, to] = wire.split('>') as [string, string];
        return [id, { from: end(from), to: end(to) }];
      }),
    ),
  };
};

const parsed = (more: object): GraphDocument => {
  const { value } = parseGraph({ ...emptyDocument('mistake'), ...more });
  if (!value) throw new Error('the test is wrong');
  return value;
};

/** The mistake inside a block, used by a block that another repeats; a namesake stands outside. */
const inside = (mistake: Mistake): GraphDocument =>
  parsed({
    nodes: { outer: { type: 'block', params: { block: 'outer', repeat: 3 } }, a: { type: 'tensor' } },
    blocks: {
      outer: {
        nodes: {
          in: { type: 'block-input' },
          out: { type: 'block-output' },
          inner: { type: 'block', params: { block: 'inner' } },
        },
        edges: { e1: { from: { node: 'in', port: 'out' }, to: { node: 'out', port: 'x' } } },
      },
      inner: level(mistake),
    },
  });

const firstError = (document: GraphDocument): Diagnostic =>
  check(document).diagnostics.filter((d) => isError(d) && d.node !== 'outer')[0] as Diagnostic;
const offered = (document: GraphDocument) =>
  fixesFor(document, check(document), firstError(document), createChecker());

describe.each(Object.entries(mistakes))('%s', (_, mistake) => {
  const alone = parsed(level(mistake));

  it('stands at its path inside the block', () => {
    const [there, here] = [firstError(inside(mistake)), firstError(alone)];
    expect([there.code, there.node]).toEqual([here.code, here.node && `outer/0/inner/${here.node}`]);
  });

  it('is mended in the block as it is outside of one', () => {
    const document = inside(mistake);
    const fixes = offered(document);
    const ways = (these: typeof fixes) => these.map(({ edits }) => edits.map(({ edit }) => edit));
    expect(fixes.length).toBeGreaterThan(0);
    expect(ways(fixes)[0]).toEqual(ways(offered(alone))[0]);
    for (const { edits } of fixes) {
      const after = edited(document, edits);
      expect(after.nodes).toEqual(document.nodes);
      expect(after.blocks.outer).toEqual(document.blocks.outer);
      expect(after.blocks.inner).not.toEqual(document.blocks.inner);
    }
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAxes, parseAxes } from './axes-text.ts';
import { expandEllipsis, implicitOutput, openIndices, parseEinsum, unhidden, writeEinsum } from './einsum.ts';
import { parseRearrange, spread } from './rearrange.ts';

const read = (text: string) => {
  const reading = parseEinsum(text);
  if ('error' in reading) throw new Error(reading.error.en);
  return reading.einsum;
};

describe('einsum expressions', () => {
  it('are read compact or spaced, with either arrow', () => {
    const product = {
      inputs: [
        ['i', 'j'],
        ['j', 'k'],
      ],
      output: ['i', 'k'],
    };
    for (const text of ['ij,jk->ik', 'i j, j k -> i k', ' ij , jk → ik ', 'i j，j k → i k'])
      expect(read(text), text).toEqual(product);
  });
  it('allow longer names where they are spaced, and numbered letters where they are not', () => {
    expect(read('batch i, i out -> batch out').output).toEqual(['batch', 'out']);
    expect(read("i1i2,i2k'->i1k'").output).toEqual(['i1', "k'"]);
  });
  it('may repeat an index, share one among three operands, sum to nothing', () => {
    expect(read('ii->i').inputs).toEqual([['i', 'i']]);
    expect(read('bi,bj,b->b').inputs).toHaveLength(3);
    expect(read('ij->').output).toEqual([]);
  });
  it('leave open what stands once when there is no arrow', () => {
    expect(read('ij,jk').output).toBeUndefined();
    expect(openIndices(read('ij,jk').inputs)).toEqual(['i', 'k']);
  });

  // numpy.einsum: "..." first, then by code point; capitals come before small letters.
  it.each([
    ['ba', ['a', 'b']],
    ['kj,ji', ['i', 'k']],
    ['zB,aB,Ca', ['C', 'z']],
    ['b...,...a', ['…0', 'a', 'b']],
    ['row batch, batch i', ['i', 'row']],
    ['i10,i2', ['i10', 'i2']],
    ['ｚ𝑎', ['ｚ', '𝑎']],
    ['ii', []],
  ])('sort the output of %s where there is no arrow', (text, output) => {
    const { inputs } = read(text);
    const expanded = expandEllipsis(
      read(text),
      inputs.map((labels) => labels.length),
    );
    if ('error' in expanded) throw new Error(expanded.error.en);
    expect(implicitOutput(expanded.einsum.inputs)).toEqual(output);
  });
  it('write "..." out from the right', () => {
    const expanded = expandEllipsis(read('...ij,...jk->...ik'), [4, 3]);
    expect(expanded).toEqual({
      einsum: {
        inputs: [
          ['…1', '…0', 'i', 'j'],
          ['…0', 'j', 'k'],
        ],
        output: ['…1', '…0', 'i', 'k'],
      },
    });
  });
  it('say what is wrong with them', () => {
    for (const text of ['ij->ik', 'i->ii', 'i->j->k', 'i+j->', '......->', 'a'.repeat(200_000)])
      expect(parseEinsum(text)).toHaveProperty('error');
    expect(expandEllipsis(read('ij->i'), [3])).toHaveProperty('error');
    expect(expandEllipsis(read('...ij->i'), [1])).toHaveProperty('error');
  });
});

describe('rearrangements', () => {
  it('hold the factors of each axis', () => {
    expect(parseRearrange('b (h w) -> b h w')).toEqual({
      pattern: { left: [['b'], ['h', 'w']], right: [['b'], ['h'], ['w']] },
    });
  });
  it('write ... out for the rank there is, alone or merged', () => {
    const spreadTo = (text: string, rank: number) => {
      const reading = parseRearrange(text);
      if ('error' in reading) throw new Error(reading.error.en);
      return spread(reading.pattern, rank);
    };
    expect(spreadTo('... i -> i ...', 3)).toEqual({
      left: [['…0'], ['…1'], ['i']],
      right: [['i'], ['…0'], ['…1']],
    });
    expect(spreadTo('b ... -> (b ...)', 2).right).toEqual([['b', '…0']]);
    expect(spreadTo('b ... -> b (...)', 1).right).toEqual([['b'], []]);
  });
  it('say what is wrong with them', () => {
    for (const text of ['(...) -> ...', '... a -> a', '... ... -> ...'])
      expect(parseRearrange(text), text).toHaveProperty('error');
    for (const text of ['a b', 'a -> b', 'a a -> a', '(a -> a', 'a) -> a', '((a)) -> a', 'a + -> a'])
      expect(parseRearrange(text), text).toHaveProperty('error');
  });
});

describe('written axes', () => {
  it('read back as they are written', () => {
    const axes = [
      { name: 'i', size: 3 },
      { name: 'batch', size: 'B' },
      { name: 'p', size: 'max(h, 2)*w' },
    ];
    expect(parseAxes(formatAxes(axes))).toEqual({ axes });
    expect(parseAxes('i=3，j:4')).toEqual({
      axes: [
        { name: 'i', size: 3 },
        { name: 'j', size: 4 },
      ],
    });
    for (const written of ['i 3 j d', 'i 3; j d', 'i 3、j d', 'i=3 j=d', 'i: 3 j: d', ' i 3  j d '])
      expect(parseAxes(written), written).toEqual({
        axes: [
          { name: 'i', size: 3 },
          { name: 'j', size: 'd' },
        ],
      });
    // An expression is the size of one axis.
    expect(parseAxes('i 2 * d + 1')).toEqual({ axes: [{ name: 'i', size: '2 * d + 1' }] });
    expect(parseAxes('  ')).toEqual({ axes: [] });
  });
  it('say what is wrong with them', () => {
    for (const text of ['i', 'i 3, i 4', '3 i', 'i 3,'])
      expect(parseAxes(text), text).toHaveProperty('error');
  });
});

describe('writeEinsum', () => {
  const again = (inputs: readonly (readonly string[])[], output: readonly string[]) => {
    const written = writeEinsum({ inputs, output });
    return [written, parseEinsum(written)];
  };

  it('is compact where each index is a letter, and spaced where not', () => {
    const product = {
      inputs: [
        ['i', 'j'],
        ['j', 'k'],
      ],
      output: ['i', 'k'],
    };
    expect(again(product.inputs, product.output)).toEqual(['ij,jk->ik', { einsum: product }]);
    const named = {
      inputs: [
        ['row', 'j'],
        ['j', 'k1'],
      ],
      output: ['row'],
    };
    expect(again(named.inputs, named.output)).toEqual(['row j, j k1 -> row', { einsum: named }]);
    const hidden = unhidden({ inputs: [['…1', '…0', 'i']], output: ['…1', '…0'] });
    expect(writeEinsum(hidden)).toBe('...i->...');
  });

  it('gives letters to long names that blanks cannot tell', () => {
    expect(writeEinsum({ inputs: [['row'], ['i'], ['row']], output: ['i'] })).toBe('j,i,j->i');
  });

  it('writes what is read as the same', () => {
    const index = fc.constantFrom('i', 'j', 'k1', "l'", 'row', 'col_2', '_x', 'é');
    const lists = fc.array(fc.array(index, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lists, fc.nat(), (inputs, bits) => {
        const names = [...new Set(inputs.flat())];
        const output = names.filter((_, d) => (bits >> d) & 1);
        const isPlain =
          [...inputs, output].some((list) => list.length > 1) ||
          names.every((name) => !['row', 'col_2', '_x'].includes(name));
        const read = parseEinsum(writeEinsum({ inputs, output }));
        if (isPlain) expect(read).toEqual({ einsum: { inputs, output } });
        else
          expect('einsum' in read && read.einsum.inputs.map((list) => list.length)).toEqual(
            inputs.map((list) => list.length),
          );
      }),
    );
  });
});

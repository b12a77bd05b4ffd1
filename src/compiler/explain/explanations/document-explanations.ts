/** Why the codes of document-codes.ts matter. */
import type { documentCodes } from '../../../base/codes/document-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const documentExplanations: Readonly<Record<keyof typeof documentCodes, Explanation>> = {
  'not-text': explain(
    text('The file is not text', '文件不是文本'),
    text(
      'Graphs and networks are text in UTF-8. Bytes that are not would be read as replacement characters, and lost as soon as the file is written again: they are refused instead.',
      '图与网络是 UTF-8 文本。不合 UTF-8 的字节会被读成替换字符，文件一旦重新写出就会丢失，因此予以拒绝。',
    ),
  ),
  'json-syntax': explain(
    text('The file is not JSON', '文件不是 JSON'),
    text(
      'A graph is a JSON file. This text breaks JSON’s grammar at the place named: it is cut off, or was edited by hand and lost a comma, a quotation mark or a bracket.',
      '图是 JSON 文件。此文本在所指位置不合 JSON 语法：可能被截断，或手工编辑时丢了逗号、引号或括号。',
    ),
  ),
  'document-shape': explain(
    text('The JSON is no graph', 'JSON 不是图'),
    text(
      'The text is JSON, but at the place named something stands that a graph cannot have there: a text for a number, a wire without an end.',
      '文本是 JSON，但所指位置上的内容不是图可以有的：该是数的地方写了文字，连线缺了一端等。',
    ),
  ),
  'document-version': explain(
    text('The file comes from a newer program', '文件来自更新的程序'),
    text(
      'Old files are migrated when they are read; a file of a later version may hold things that this program cannot know, and reading it in part would lose them.',
      '旧文件读入时会自动迁移；更新版本的文件可能含有本程序不认识的内容，只读一部分就会丢失它们。',
    ),
  ),
  'document-too-large': explain(
    text('Something in the file is beyond a limit', '文件中有内容超出上限'),
    text(
      'Files come from anywhere. Their length, depth and counts are bounded before anything walks them, so that no file can hang the page.',
      '文件可能来自任何地方。在遍历之前先限定长度、深度与数量，任何文件都无法卡死页面。',
    ),
  ),
  'forbidden-key': explain(
    text('A key that JavaScript reserves', 'JavaScript 保留的键'),
    text(
      'Keys such as __proto__ would reach into every object of the program. They are refused wherever they stand.',
      '诸如 __proto__ 的键会影响程序中的所有对象，因此无论出现在哪里都会被拒绝。',
    ),
  ),
};

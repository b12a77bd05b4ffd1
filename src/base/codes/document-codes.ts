/** Codes of graph-schema: a file that cannot be read as a graph. */
import { text } from '../text.ts';
import { type Entry, error } from './entry.ts';

export const documentCodes = {
  'not-text': error(
    text('This is not text in UTF-8: {detail}.', '这不是 UTF-8 文本：{detail}。'),
    text(
      'Choose another file, or save it as UTF-8 in the program that wrote it; the file was left as it is.',
      '请另选文件，或在写出它的程序中以 UTF-8 保存；文件没有变化。',
    ),
  ),
  'json-syntax': error(
    text('This is not JSON: {detail}.', '这不是 JSON：{detail}。'),
    text('{cure}', '{cure}'),
  ),
  'document-shape': error(
    text('{at}: {detail}.', '{at}：{detail}。'),
    text(
      'Correct the value at this place, or open the last good copy.',
      '请修正此处的值，或打开上一份完好的副本。',
    ),
  ),
  'document-version': error(
    text(
      'The file says version {version}; this program reads up to version {latest}.',
      '文件版本为 {version}；本程序最高支持版本 {latest}。',
    ),
    text(
      'Update Tensorloom, or save the graph again from the program that wrote it.',
      '请更新 Tensorloom，或用写出它的程序重新保存。',
    ),
  ),
  'document-too-large': error(
    text('{at}: {what} is {actual}, the limit is {limit}.', '{at}：{what}为 {actual}，上限为 {limit}。'),
    text('Split the graph into several documents.', '请把图拆成多个文档。'),
  ),
  'forbidden-key': error(
    text('{at}: the key "{key}" is not allowed.', '{at}：不允许使用键 “{key}”。'),
    text(
      'Rename the key; names that JavaScript reserves on every object are refused.',
      '请改名；JavaScript 为所有对象保留的名称会被拒绝。',
    ),
  ),
} as const satisfies Record<string, Entry>;

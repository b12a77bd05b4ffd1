/**
 * The models of language in a document: scores that a loss or a metric compares with the next characters of a data
 * set of text, computed from the characters alone. Such a model writes, a character at a time.
 */
import { escapeId, type PathText, portKey } from '../base/path.ts';
import type { Analysis } from './analyse.ts';
import { comparedIn, type DataColumn } from './judged.ts';

export interface TextModel {
  /** The node that compares the scores. */
  readonly by: PathText;
  /** The port with a score for each character along its last axis, at each place of each row. */
  readonly scores: string;
  /** The column that it reads: row after row of `length` characters. */
  readonly column: DataColumn;
  readonly length: number;
  /** Characters by their classes. */
  readonly vocabulary: readonly string[];
  /** The class that begins a row and ends it; undefined where rows are parts of one text. */
  readonly mark: number | undefined;
  /** The class behind that, which is no character. */
  readonly padding: number | undefined;
}

/** In the order in which they are drawn, losses before metrics; scores that two nodes compare once. */
export function textModelsIn(analysis: Analysis): readonly TextModel[] {
  const found = new Map<string, TextModel>();
  for (const { by, scores, scoreAxes, labels, classes, features } of comparedIn(analysis)) {
    const { definition, params } = analysis.node(labels.node) ?? {};
    const { text, classNames = {} } = definition?.dataset?.(params) ?? {};
    const [column, ...others] = features;
    if (!text || !column || others.length > 0 || column.node !== labels.node) continue;
    const [axis, ...more] = column.axes;
    const vocabulary = classNames[text.characters];
    const fits = labels.port === text.next && column.port === text.characters && scoreAxes === 3;
    if (!fits || !axis || more.length > 0 || vocabulary?.length !== classes) continue;
    const key = portKey(scores.node, scores.port);
    if (found.has(key)) continue;
    const { mark, padding } = text;
    found.set(key, { by, scores: key, column, length: axis.size, vocabulary, mark, padding });
  }
  const place = new Map(Object.keys(analysis.document.nodes).map((id, i) => [escapeId(id), i]));
  const placeOf = ({ by }: TextModel) => place.get(by) ?? place.size;
  return [...found.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

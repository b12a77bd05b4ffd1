/**
 * The little markup of a lesson's text: paragraphs between blank lines, `$…$` for a formula in TeX, `*…*` for
 * emphasis, `` `…` `` for what stands in a program. `\$`, `\*` and `` \` `` are the characters themselves, and so
 * is a mark that nothing closes.
 */

export interface Span {
  readonly kind: 'words' | 'formula' | 'emphasis' | 'code';
  readonly text: string;
}

export type Paragraph = readonly Span[];

const kinds = { $: 'formula', '*': 'emphasis', '`': 'code' } as const;

/** One mark with what it encloses, or the words up to the next. */
const token = /\$((?:\\.|[^$\\])+)\$|\*((?:\\.|[^*\\])+)\*|`([^`]+)`|((?:\\[$*`]|[^$*`])+|[$*`])/gs;

/** Sizes such as 3 × 4 stay on one line, and an ellipsis with the word before it. */
const tied = (words: string): string =>
  words.replace(/(\d) × (?=\d)/g, '$1\u00a0×\u00a0').replaceAll(' …', '\u00a0…');

const unescaped = (words: string): string => words.replace(/\\([$*`])/g, '$1');

function spansOf(paragraph: string): Paragraph {
  const spans: Span[] = [];
  for (const [whole, formula, emphasis, code] of paragraph.matchAll(token)) {
    const kind = kinds[whole.charAt(0) as keyof typeof kinds];
    const text = formula ?? emphasis ?? code;
    if (text !== undefined && kind) spans.push({ kind, text: kind === 'emphasis' ? unescaped(text) : text });
    else {
      const last = spans.at(-1);
      const words = unescaped(whole);
      // A mark that stands for itself belongs to the words around it.
      if (last?.kind === 'words') spans[spans.length - 1] = { kind: 'words', text: last.text + words };
      else spans.push({ kind: 'words', text: words });
    }
  }
  return spans;
}

export const readMarkup = (text: string): readonly Paragraph[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => tied(paragraph.trim().replace(/\s+/g, ' ')))
    .filter((paragraph) => paragraph !== '')
    .map(spansOf);

/** A formula that is a paragraph of its own is set on a line of its own. */
export const isDisplay = (paragraph: Paragraph): boolean =>
  paragraph.length === 1 && paragraph[0]?.kind === 'formula';

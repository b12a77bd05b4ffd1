/** What is wrong with a lesson that has the right shape: words that are missing, ranges that are empty, formulas that do not close. */
import type { Lesson } from '../../../graph-schema/lesson.ts';
import { type Text, text } from '../../base/text.ts';

export interface LessonFault {
  /** Where it stands in the lesson. */
  readonly path: readonly (string | number)[];
  readonly detail: Text;
}

const wrong = {
  empty: text('a text is missing', '缺少文字'),
  range: text('“from” is above “to”, so that no figure is in it', '“from” 大于 “to”，没有数值落在其中'),
  twice: text('this check stands in the list already', '列表中已有此检验'),
};

/** In the order of the lesson. */
export function lessonFaults(lesson: Lesson): readonly LessonFault[] {
  return [...textFaults(lesson, []), ...rangeFaults(lesson), ...repeatedChecks(lesson)];
}

/** Everything in a lesson with the two languages is a text, wherever it stands. */
function textFaults(value: unknown, path: LessonFault['path']): LessonFault[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'zh' in value)
    return (['en', 'zh'] as const).flatMap((language) => {
      const written = String(value[language]);
      const at = [...path, language];
      if (written.trim() === '') return [{ path: at, detail: wrong.empty }];
      const detail = formulaFault(written);
      return detail ? [{ path: at, detail }] : [];
    });
  return Object.entries(value).flatMap(([key, inner]) =>
    textFaults(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const formula = /\$((?:\\.|[^$\\])+)\$/gs;

/** The first formula that does not close: a mark without its like, braces, `\left`, environments. */
function formulaFault(written: string): Text | undefined {
  // What stands in a program is no formula.
  const words = written.replace(/`[^`]+`/g, '');
  for (const [whole, tex = ''] of words.matchAll(formula)) {
    const open = unclosed(tex);
    if (open !== undefined)
      return text(`in ${whole} “${open}” has no partner`, `${whole} 中的 “${open}” 没有配对`);
  }
  const rest = words.replace(formula, '').replace(/\\./gs, '');
  if (!rest.includes('$')) return undefined;
  return text('a formula that “$” opens is not closed', '“$” 开始的公式没有结束');
}

const partners: Readonly<Record<string, string>> = { '}': '{', '\\right': '\\left', '\\end': '\\begin' };
const openers = new Set(Object.values(partners));

/** What is open at the end, or closes what was not open. */
function unclosed(tex: string): string | undefined {
  const open: string[] = [];
  for (const [mark] of tex.matchAll(/\\(?:left|right|begin|end)(?![a-zA-Z])|\\.|[{}]/gs)) {
    if (openers.has(mark)) open.push(mark);
    else if (mark in partners && open.pop() !== partners[mark]) return mark;
  }
  return open.at(-1);
}

function rangeFaults({ steps }: Lesson): LessonFault[] {
  return steps.flatMap(({ guess }, i) =>
    guess?.kind !== 'choice'
      ? []
      : guess.options.flatMap(({ from = -Infinity, to = Infinity }, k) =>
          from > to ? [{ path: ['steps', i, 'guess', 'options', k], detail: wrong.range }] : [],
        ),
  );
}

const repeatedChecks = ({ checks }: Lesson): LessonFault[] =>
  checks.flatMap(({ node }, i) =>
    checks.findIndex((other) => other.node === node) < i
      ? [{ path: ['checks', i, 'node'], detail: wrong.twice }]
      : [],
  );

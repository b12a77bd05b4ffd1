/** Lines of a table that are left out, and why. */
import type { BrokenLine, TableSurvey } from '../../datasets/table/survey.ts';
import { useT } from '../locale.ts';
import { dataWords } from './data-words.ts';

export function BrokenLines({ survey: { broken, leftOut } }: { readonly survey: TableSurvey }) {
  const t = useT();
  if (broken.length === 0) return null;
  const say = ({ line, why, found = '', field = '' }: BrokenLine): string => {
    switch (why) {
      case 'quote':
        return t(dataWords.brokenQuote, { line });
      case 'long':
        return t(dataWords.brokenLong, { line });
      case 'fields':
        return t(dataWords.brokenFields, { line, found });
      case 'number':
        return t(dataWords.brokenNumber, { line, found, field });
    }
  };
  return (
    <details className="data-broken">
      <summary>{leftOut > 0 ? t(dataWords.broken, { count: leftOut }) : t(dataWords.oddCells)}</summary>
      <ul>
        {broken.map((line) => (
          <li key={`${line.line} ${line.field ?? ''}`}>{say(line)}</li>
        ))}
      </ul>
    </details>
  );
}

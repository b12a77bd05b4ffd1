/** A text of a lesson, with its paragraphs, formulas, emphasis and code. */
import type { Text } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import { useLocale } from '../locale.ts';
import { Formula } from './Formula.tsx';
import { isDisplay, type Paragraph, readMarkup, type Span } from './markup.ts';

export function Words({ text }: { readonly text: Text }) {
  const locale = useLocale();
  return (
    <div className="lesson-words">
      {readMarkup(text[locale]).map((paragraph, i) =>
        isDisplay(paragraph) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is its place.
          <Formula key={i} tex={paragraph[0]?.text ?? ''} display />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <p key={i}>
            <Spans paragraph={paragraph} />
          </p>
        ),
      )}
    </div>
  );
}

/** The same inside of a line: a question, a title. */
export function Line({ text }: { readonly text: Text }) {
  const locale = useLocale();
  return (
    <>
      {readMarkup(text[locale]).map((paragraph, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <Spans key={i} paragraph={paragraph} />
      ))}
    </>
  );
}

const Spans = ({ paragraph }: { readonly paragraph: Paragraph }) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: as above.
  paragraph.map((span, i) => <Marked key={i} span={span} />);

function Marked({ span: { kind, text } }: { readonly span: Span }) {
  switch (kind) {
    case 'words':
      return visible(text);
    case 'formula':
      return <Formula tex={text} />;
    case 'emphasis':
      return <em>{visible(text)}</em>;
    case 'code':
      return <code>{visible(text)}</code>;
  }
}

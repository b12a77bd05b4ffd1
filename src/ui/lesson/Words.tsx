/** A text of a lesson, with its paragraphs, formulas, emphasis and code. */
import { Fragment } from 'react';
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

/** A formula keeps the punctuation behind it on its line. */
const punctuation = /^[,.;:!?)\]，。；：！？、）】”’]+/;

function Spans({ paragraph }: { readonly paragraph: Paragraph }) {
  const tied = (i: number): string => {
    const [before, span] = [paragraph[i - 1], paragraph[i]];
    const follows = before?.kind === 'formula' && span?.kind === 'words';
    return follows ? (punctuation.exec(span.text)?.[0] ?? '') : '';
  };
  return paragraph.map((span, i) => {
    const [own, next] = [tied(i), tied(i + 1)];
    const marked = <Marked span={own === '' ? span : { ...span, text: span.text.slice(own.length) }} />;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place.
      <Fragment key={i}>
        {next === '' ? (
          marked
        ) : (
          <span className="lesson-tied">
            {marked}
            {next}
          </span>
        )}
      </Fragment>
    );
  });
}

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

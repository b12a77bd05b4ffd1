/**
 * A size on the label of a wire: a click makes a field of it, in which Enter or leaving sets the size where it is
 * written, Tab goes on to the next, Esc leaves it as it was.
 */
import { type KeyboardEvent, useRef, useState } from 'react';
import { fill } from '../../../base/text.ts';
import { parseWhole, parseWrittenSize } from '../../inspector/parse-sizes.ts';
import { strings } from '../canvas-strings.ts';
import { type EditedSize, useCanvas } from '../context.ts';

interface WireSizeProps {
  readonly edge: string;
  readonly axis: string;
  readonly position: number;
  readonly words: string;
  /** What is edited on this wire. */
  readonly edited: EditedSize | undefined;
}

export function WireSize({ edge, axis, position, words, edited }: WireSizeProps) {
  const { locale, sizes } = useCanvas();
  if (edited?.position === position) return <SizeField key={position} axis={axis} edited={edited} />;
  const title = fill(strings.editSize, { axis })[locale];
  return (
    <button
      type="button"
      className="tl-label-size nodrag nopan"
      tabIndex={-1}
      title={title}
      aria-label={`${title}: ${words}`}
      onClick={() => sizes.edit(edge, position)}
    >
      {words}
    </button>
  );
}

function SizeField({ axis, edited }: { readonly axis: string; readonly edited: EditedSize }) {
  const { editor, locale, sizes } = useCanvas();
  const { source, edge, position } = edited;
  const [text, setText] = useState(String(source.written));
  const isOver = useRef(false);
  const read = source.kind === 'dim' ? parseWhole(text, 1) : parseWrittenSize(text);
  const problem = 'problem' in read ? read.problem[locale] : undefined;

  /** Once: leaving the field is also what its own end brings about. */
  function end(keep: boolean, back: boolean): void {
    if (isOver.current) return;
    isOver.current = true;
    if (keep && 'value' in read && read.value !== source.written)
      editor.dispatch(source.command(read.value as number | string));
    sizes.close(back ? edge : undefined);
  }
  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (event.key === 'Escape') end(false, true);
    else if (event.key === 'Enter' && problem === undefined) end(true, true);
    else if (event.key === 'Tab' && problem === undefined) {
      end(true, false);
      sizes.edit(edge, position + (event.shiftKey ? -1 : 1));
    } else if (by !== 0 && /^\d+$/.test(text)) setText(String(Math.max(1, Number(text) + by)));
    else return;
    event.preventDefault();
  }
  return (
    <input
      className="tl-label-field nodrag nopan"
      // biome-ignore lint/a11y/noAutofocus: it was opened to type here.
      autoFocus
      aria-label={fill(strings.newSize, { axis })[locale]}
      aria-invalid={problem !== undefined}
      title={problem}
      inputMode={source.kind === 'dim' ? 'numeric' : 'text'}
      autoComplete="off"
      spellCheck={false}
      style={{ width: `${Math.max(2, text.length) + 1.5}ch` }}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(problem === undefined, false)}
    />
  );
}

/** What is chosen in a diagram, in words, and what can be done with it. */
import { useState } from 'react';
import { useLocale, useT } from '../../locale.ts';
import { useSession } from '../../session/hooks.ts';
import { reveal } from '../../session/reveal.ts';
import { diagramWords as words } from '../../strings/diagram-words.ts';
import { sayIndex, speakIndex, speakTensor } from '../model/describe-diagram.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import type { DiagramEditing } from './use-diagram-editing.ts';

interface ChoiceBarProps {
  readonly diagram: NetworkDiagram;
  /** Undefined: nothing can be changed here. */
  readonly editing: DiagramEditing | undefined;
  /** Whether steps have been made: what is shown is not the network as it is written. */
  readonly played: boolean;
}

export function ChoiceBar({ diagram, editing, played }: ChoiceBarProps) {
  const t = useT();
  const isOwn = diagram.tensors.every(({ node }) => node === undefined);
  const chosen = editing?.chosen;
  const index = chosen?.kind === 'index' ? diagram.indices.findIndex(({ name }) => name === chosen.name) : -1;
  return (
    <div className="diagram-bar">
      {editing && played ? (
        <span className="soft">{t(words.later)}</span>
      ) : editing && index >= 0 ? (
        <ChosenIndex key={diagram.indices[index]?.name} diagram={diagram} editing={editing} index={index} />
      ) : editing && chosen?.kind === 'tensor' && diagram.tensors[chosen.tensor] ? (
        <ChosenTensor diagram={diagram} editing={editing} tensor={chosen.tensor} />
      ) : (
        <span className="soft">{t(editing ? words.hint : isOwn ? words.own : words.readOnly)}</span>
      )}
    </div>
  );
}

interface ChosenProps {
  readonly diagram: NetworkDiagram;
  readonly editing: DiagramEditing;
}

/** A hyper-index with more ends than this is cut on the canvas. */
const mostEnds = 6;

function ChosenIndex({ diagram, editing, index }: ChosenProps & { readonly index: number }) {
  const t = useT();
  const locale = useLocale();
  const { name, size } = diagram.indices[index] ?? { name: '', size: undefined };
  const ends = diagram.tensors.flatMap((tensor, operand) =>
    tensor.axes.flatMap((i, axis) => (i === index ? [{ operand, axis, tensor: tensor.name }] : [])),
  );
  const isOpen = diagram.output.includes(index);
  const others = diagram.output.filter((i) => i !== index);
  return (
    <>
      <NameField name={name} onName={(next) => editing.rename(name, next)} />
      <span className="diagram-bar-says">
        {sayIndex(diagram, index, locale) ?? speakIndex(diagram, index, locale)}
      </span>
      {ends.length === 2 && (
        <button type="button" className="button small" onClick={() => editing.cut(name)}>
          {t(words.cut)}
        </button>
      )}
      {ends.length > 2 &&
        ends.slice(0, mostEnds).map(({ operand, axis, tensor }) => (
          <button
            key={`${operand} ${axis}`}
            type="button"
            className="button small"
            onClick={() => editing.cut(name, { operand, axis })}
          >
            {t(words.cutFrom, { tensor })}
          </button>
        ))}
      <button type="button" className="button small" onClick={() => editing.openOrClose(name)}>
        {t(isOpen ? words.sum : words.keepOpen)}
      </button>
      {isOpen && others.length > 0 && (
        <select
          className="input diagram-join"
          aria-label={t(words.joinWith)}
          value=""
          onChange={(event) => editing.join(name, event.target.value)}
        >
          <option value="">{t(words.joinWith)}</option>
          {others.map((i) => (
            <option
              key={i}
              value={diagram.indices[i]?.name}
              disabled={size !== undefined && diagram.indices[i]?.size !== size}
            >
              {speakIndex(diagram, i, locale)}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** Its name as it is written in the expression; a change counts when the field is left, or with Enter. */
function NameField({ name, onName }: { readonly name: string; onName(name: string): void }) {
  const t = useT();
  const [draft, setDraft] = useState(name);
  const commit = () => {
    const next = draft.trim();
    if (next === name) return;
    onName(next);
    setDraft(name);
  };
  return (
    <input
      className="input math diagram-rename"
      aria-label={t(words.name)}
      value={draft}
      maxLength={40}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setDraft(name);
        else return;
        event.stopPropagation();
      }}
    />
  );
}

function ChosenTensor({ diagram, editing, tensor }: ChosenProps & { readonly tensor: number }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const { name = '', kind = 'general', axes = [], node } = diagram.tensors[tensor] ?? {};
  return (
    <>
      <span className="diagram-bar-says">
        {speakTensor(name, kind, locale)}
        {axes.length > 0 && ': '}
        {axes.map((index) => speakIndex(diagram, index, locale)).join(', ')}
      </span>
      {node !== undefined && (
        <button type="button" className="button small" onClick={() => reveal(session, { nodes: [node] })}>
          {t(words.goThere)}
        </button>
      )}
      {diagram.tensors.length > 1 && (
        <button type="button" className="button small" onClick={() => editing.remove(tensor)}>
          {t(words.takeOut)}
        </button>
      )}
    </>
  );
}

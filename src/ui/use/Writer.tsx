/** What a model of language writes: how it begins, how bold it is, and the texts as they grow. */
import { useState } from 'react';
import { visibleLines } from '../../base/visible.ts';
import type { ModelUses } from '../../worker/protocol.ts';
import { useLocale, useT } from '../locale.ts';
import { titleIn } from '../parts/node-title.ts';
import { useEditorState } from '../session/hooks.ts';
import { usageWords as words } from '../strings/use-words.ts';
import { useWritten } from './use-written.ts';
import { MOST_SEED, WholeNumber } from './WholeNumber.tsx';

/** Texts, and characters of one that nothing ends. */
const [COUNT, CHARACTERS] = [12, 300];
const [MOST_TEXTS, MOST_CHARACTERS] = [100, 10_000];
const HOTTEST = 2;

export function Writer({ texts }: { readonly texts: ModelUses['texts'] }) {
  const t = useT();
  const [scores, setScores] = useState(texts[0]?.scores ?? '');
  const model = texts.find((one) => one.scores === scores) ?? texts[0];
  const [prompt, setPrompt] = useState('');
  const [temperature, setTemperature] = useState(1);
  const endless = model?.mark === undefined;
  const [count, setCount] = useState(endless ? 1 : COUNT);
  const [most, setMost] = useState(CHARACTERS);
  const [seed, setSeed] = useState(1);
  const wish = { scores: model?.scores ?? '', prompt, count, most, temperature, seed };
  const written = useWritten(wish);
  return (
    <div className="use-write">
      <div className="use-form">
        {texts.length > 1 && <Choice texts={texts} chosen={wish.scores} onChosen={setScores} />}
        <label>
          <span>{t(words.prompt)}</span>
          <input
            className="input"
            value={prompt}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setPrompt(event.target.value)}
          />
        </label>
        <label title={t(words.temperatureHint)}>
          <span>{t(words.temperature)}</span>
          <input
            type="range"
            min={0}
            max={HOTTEST}
            step={0.1}
            value={temperature}
            onChange={(event) => setTemperature(event.target.valueAsNumber)}
          />
          <output>{temperature.toFixed(1)}</output>
        </label>
        <WholeNumber
          label={t(words.countOfTexts)}
          least={1}
          most={MOST_TEXTS}
          value={count}
          onValue={setCount}
        />
        {endless && (
          <WholeNumber
            label={t(words.mostCharacters)}
            least={1}
            most={MOST_CHARACTERS}
            value={most}
            onValue={setMost}
          />
        )}
        <WholeNumber label={t(words.seed)} least={0} most={MOST_SEED} value={seed} onValue={setSeed} />
        <button type="button" className="button small" onClick={() => setSeed((seed + 1) % (MOST_SEED + 1))}>
          {t(words.writeOthers)}
        </button>
      </div>
      <Texts written={written} isLong={endless} begun={prompt.length} />
    </div>
  );
}

interface TextsProps {
  readonly written: ReturnType<typeof useWritten>;
  readonly isLong: boolean;
  /** Characters that were given. */
  readonly begun: number;
}

function Texts({ written, isLong, begun }: TextsProps) {
  const t = useT();
  if (written === undefined) return <p className="dock-empty">{t(words.waiting)}</p>;
  if (written === 'refused') return <p className="dock-empty">{t(words.cannotCompute)}</p>;
  if (written.unknown !== undefined)
    return (
      <p className="dock-empty" role="alert">
        {t(words.unknownCharacter, { character: visibleLines(written.unknown) })}
      </p>
    );
  return (
    <ul
      className="use-texts"
      data-long={isLong || undefined}
      aria-label={t(words.texts)}
      aria-busy={!written.final}
    >
      {written.texts.map((text, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is known by its place.
        <li key={row}>
          {text === '' ? (
            <span className="soft">{written.final ? t(words.emptyText) : '…'}</span>
          ) : (
            <>
              <b>{visibleLines(text.slice(0, begun))}</b>
              {visibleLines(text.slice(begun))}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ChoiceProps {
  readonly texts: ModelUses['texts'];
  readonly chosen: string;
  onChosen(scores: string): void;
}

/** Where several losses hold scores against the text, as a network and the trigram model that it is to beat. */
function Choice({ texts, chosen, onChosen }: ChoiceProps) {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  return (
    <label>
      <span>{t(words.scoresOf)}</span>
      <select className="input" value={chosen} onChange={(event) => onChosen(event.target.value)}>
        {texts.map(({ by, scores }) => (
          <option key={scores} value={scores}>
            {titleIn(document, document.nodes, by, locale)}
          </option>
        ))}
      </select>
    </label>
  );
}

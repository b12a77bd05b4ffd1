/** Which settings a sweep goes over, and with which values. */
import { useState } from 'react';
import type { PathText } from '../../base/path.ts';
import type { Text } from '../../base/text.ts';
import { fieldsOf } from '../../catalogue/fields.ts';
import { registryOf } from '../../catalogue/index.ts';
import { nodeAt } from '../../document/levels.ts';
import {
  countVariants,
  findSetting,
  readValues,
  type SweptSetting,
  settingsIn,
} from '../../document/sweep.ts';
import type { EditorState } from '../../editor/index.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { isOn } from '../run/run-state.ts';
import { startSweep, stopSweep } from '../run/run-sweep.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { sweepWords as words } from '../strings/sweep-words.ts';

/** More runs than are kept would not be seen. */
const MOST = 36;

export function SweepForm() {
  const t = useT();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const sweep = useSessionState((s) => s.sweep);
  const on = useSessionState((s) => isOn(s.run));
  const [names, setNames] = useState(() => [firstRate(document), '']);
  const [texts, setTexts] = useState(['0.001, 0.003, 0.01, 0.03', '1, 2, 3']);
  const settings = names.flatMap((written, i): SweptSetting[] => {
    const setting = written && findSetting(document, written);
    const values = readValues(texts[i] ?? '');
    return setting && 'kind' in setting && values.length > 0 ? [{ written, setting, values }] : [];
  });
  const count = settings.length > 0 ? countVariants(settings) : 0;
  if (sweep)
    return (
      <p className="sweep" role="status">
        {t(words.going, { done: sweep.done, of: sweep.of })}
        <button type="button" className="button small" onClick={() => stopSweep(session)}>
          {t(words.stop)}
        </button>
      </p>
    );
  const replaced = (list: readonly string[], i: number, value: string) =>
    list.map((old, k) => (k === i ? value : old));
  return (
    <form
      className="sweep"
      onSubmit={(event) => {
        event.preventDefault();
        void startSweep(session, settings);
      }}
    >
      <b>{t(words.title)}</b>
      {names.map((name, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second setting are what they are.
        <span key={i} className="sweep-setting">
          <SettingSelect
            label={t(i === 0 ? words.first : words.second)}
            optional={i > 0}
            value={name}
            onValue={(value) => setNames(replaced(names, i, value))}
          />
          {name !== '' && (
            <input
              className="input"
              aria-label={t(words.valuesOf, { name })}
              value={texts[i] ?? ''}
              onChange={(event) => setTexts(replaced(texts, i, event.target.value))}
            />
          )}
        </span>
      ))}
      <button type="submit" className="button small" disabled={on || count === 0 || count > MOST}>
        {t(count > MOST ? words.tooMany : words.start, { count })}
      </button>
    </form>
  );
}

interface SettingSelectProps {
  readonly label: string;
  readonly optional: boolean;
  readonly value: string;
  onValue(value: string): void;
}

function SettingSelect({ label, optional, value, onValue }: SettingSelectProps) {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={(event) => onValue(event.target.value)}
    >
      {optional && <option value="">–</option>}
      {sweepable(document).map(({ written, node, field }) => (
        <option key={written} value={written}>
          {node === undefined
            ? written === 'seed'
              ? t(words.seed)
              : written
            : `${nodeTitle(document, node, locale)} · ${field?.[locale] ?? ''}`}
        </option>
      ))}
    </select>
  );
}

interface Sweepable {
  readonly written: string;
  /** Of a parameter. */
  readonly node: PathText | undefined;
  readonly field: Text | undefined;
  readonly rank: number;
}

/** Settings that are numbers or choices: optimizers first, then sizes and the seed, then all other nodes. */
function sweepable(document: EditorState['document']): readonly Sweepable[] {
  const registry = registryOf(document);
  const found = settingsIn(document).flatMap(([written, setting]): Sweepable[] => {
    if (setting.kind !== 'param') return [{ written, node: undefined, field: undefined, rank: 1 }];
    const node = nodeAt(document, setting.node);
    const definition = node && registry.of(node);
    const field = definition && fieldsOf(definition).find(({ key }) => key === setting.key);
    // By its path alone: its label leads to the same.
    if (!field || written !== `${setting.node}.${setting.key}`) return [];
    if (!['number', 'integer', 'choice', 'boolean', 'size'].includes(field.kind)) return [];
    return [{ written, node: setting.node, field: field.label, rank: definition.trains ? 0 : 2 }];
  });
  return found.sort((a, b) => a.rank - b.rank);
}

function firstRate(document: EditorState['document']): string {
  const all = sweepable(document);
  return (all.find(({ written }) => written.endsWith('.rate')) ?? all[0])?.written ?? 'seed';
}

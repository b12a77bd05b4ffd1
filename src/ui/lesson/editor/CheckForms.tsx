/** The checks that a lesson lists: which node, what it is called, why its tolerance is what it is. */
import type { LessonCheck } from '../../../../graph-schema/lesson.ts';
import { useT } from '../../locale.ts';
import { Icon } from '../../parts/Icon.tsx';
import { editorWords } from './editor-words.ts';
import { ChoiceField, Missing, PairField } from './LessonFields.tsx';
import { useNodeOptions } from './reference-options.ts';
import { useEdit } from './use-lesson-edit.ts';

const empty = { en: '', zh: '' };

export function CheckForms({ checks }: { readonly checks: readonly LessonCheck[] }) {
  const t = useT();
  const { set } = useEdit();
  const nodes = useNodeOptions('check');
  const listed = new Set(checks.map(({ node }) => node));
  const next = nodes.find(({ value }) => !listed.has(value));
  const titleOf = (id: string) => nodes.find(({ value }) => value === id)?.title ?? id;
  return (
    <section className="lesson-part" aria-label={t(editorWords.checks)}>
      <h4>{t(editorWords.checks)}</h4>
      {checks.map(({ node }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a check is its place.
        <div key={i} className="lesson-check-form">
          <ChoiceField
            label={editorWords.node}
            value={node}
            options={nodes}
            onChange={(chosen) => set(['checks', i, 'node'], chosen)}
          />
          <Missing path={['checks', i]} />
          <PairField path={['checks', i, 'name']} label={editorWords.checkName} />
          <PairField path={['checks', i, 'reason']} label={editorWords.reason} rows={2} />
          <button type="button" className="button small" onClick={() => set(['checks', i], undefined)}>
            {t(editorWords.remove, { title: titleOf(node) })}
          </button>
        </div>
      ))}
      {nodes.length === 0 && <p className="field-note">{t(editorWords.noChecks)}</p>}
      {next && (
        <button
          type="button"
          className="button small"
          onClick={() => set(['checks', checks.length], { node: next.value, name: empty, reason: empty })}
        >
          <Icon name="plus" /> {t(editorWords.addCheck)}
        </button>
      )}
    </section>
  );
}

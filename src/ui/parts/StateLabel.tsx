/** Of which state, and of which rows, the numbers are that stand near it. */
import { type AnyNodeDefinition, registryOf } from '../../catalogue/index.ts';
import { drawings } from '../../document/levels.ts';
import type { EditorState } from '../../editor/index.ts';
import { useT } from '../locale.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { values } from '../strings/values.ts';
import { formatCount } from './numbers.ts';

const hasDefinition =
  (is: (definition: AnyNodeDefinition) => boolean) =>
  ({ document }: EditorState): boolean => {
    const registry = registryOf(document);
    return drawings(document).some(({ nodes }) =>
      Object.values(nodes).some((node) => {
        const definition = registry.find(node.type);
        return definition !== undefined && is(definition);
      }),
    );
  };
const trains = hasDefinition((definition) => definition.trains === true);
const hasData = hasDefinition((definition) => definition.dataset !== undefined);

/** `after step 1 000 · training batch`; nothing where there is but one state and no rows to choose from. */
export function useStateLabel(): string {
  const t = useT();
  const step = useSessionState((s) => s.shown.step);
  const hasWeights = useSessionState((s) => s.trained !== undefined && !s.run.whole);
  const trainable = useEditorState(trains);
  const data = useEditorState(hasData);
  const state =
    step > 0 ? t(values.after, { step: formatCount(step) }) : t(hasWeights ? values.taken : values.first);
  const parts = [
    (trainable || step > 0) && state,
    data && t(trainable || step > 0 ? values.batch : values.sample),
  ];
  return parts.filter(Boolean).join(' · ');
}

export function StateLabel() {
  const t = useT();
  const label = useStateLabel();
  if (label === '') return null;
  return (
    <p className="state-label" title={t(values.stateHint)}>
      {label}
    </p>
  );
}

/** Groups of parameters with settings of their own: whom a row speaks of, the factor of their rate, their decay. */
import type { ParameterGroup } from '../../catalogue/parameter-groups.ts';
import { drawings } from '../../document/levels.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { useEditorState } from '../session/hooks.ts';
import { groupWords } from '../strings/group-words.ts';
import './groups.css';
import { DraftInput, type DraftReading } from './DraftInput.tsx';

interface GroupsControlProps {
  readonly id: string;
  readonly value: unknown;
  onValue(value: unknown): void;
}

function readNumber(written: string, whenEmpty: number | undefined): DraftReading {
  if (written.trim() === '') return { value: whenEmpty };
  const value = Number(written);
  return Number.isFinite(value) && value >= 0 ? { value } : { problem: groupWords.needsNumber };
}

function readTag(written: string): DraftReading {
  const tag = written.trim();
  return tag === '' || tag.length > 50 ? { problem: groupWords.needsTag } : { value: tag };
}

const shown = (value: unknown): string => (value === undefined ? '' : String(value));

/** Names that a group may go by: what layers call their parameters, and tags of the drawing. */
const tagsIn = (document: Parameters<typeof drawings>[0]): readonly string[] => [
  ...new Set([
    'bias',
    ...drawings(document).flatMap(({ nodes }) => Object.values(nodes).flatMap(({ tags = [] }) => tags)),
    'weight',
  ]),
];

export function GroupsControl({ id, value, onValue }: GroupsControlProps) {
  const t = useT();
  const groups = (value ?? []) as readonly Partial<ParameterGroup>[];
  const known = useEditorState(({ document }) => tagsIn(document).join('\n')).split('\n');
  const change = (at: number, key: keyof ParameterGroup, next: unknown) => {
    const { [key]: _, ...rest } = groups[at] as Partial<ParameterGroup>;
    onValue(groups.with(at, next === undefined ? rest : { ...rest, [key]: next }));
  };
  const free = known.find((tag) => !groups.some((group) => group.tag === tag)) ?? 'bias';
  return (
    <div className="parameter-groups" id={id}>
      {groups.length > 0 && (
        <div className="parameter-group soft" aria-hidden="true">
          <span>{t(groupWords.tag)}</span>
          <span>{t(groupWords.rate)}</span>
          <span>{t(groupWords.decay)}</span>
        </div>
      )}
      {groups.map(({ tag = '', rate = 1, decay }, at) => {
        const number = at + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place: the first that fits counts.
          <div key={at} className="parameter-group">
            <DraftInput
              label={t(groupWords.tagOf, { number })}
              value={tag}
              format={shown}
              parse={readTag}
              onValue={(next) => change(at, 'tag', next)}
            />
            <DraftInput
              label={t(groupWords.rateOf, { number })}
              value={rate}
              format={shown}
              parse={(written) => readNumber(written, 1)}
              onValue={(next) => change(at, 'rate', next)}
              numeric
            />
            <DraftInput
              label={t(groupWords.decayOf, { number })}
              value={decay}
              format={shown}
              parse={(written) => readNumber(written, undefined)}
              onValue={(next) => change(at, 'decay', next)}
              placeholder={t(groupWords.likeAll)}
              numeric
            />
            <button
              type="button"
              className="icon-button"
              aria-label={t(groupWords.remove, { number })}
              onClick={() => onValue(groups.filter((_, i) => i !== at))}
            >
              <Icon name="close" />
            </button>
          </div>
        );
      })}
      <button
        type="button"
        className="button"
        onClick={() => onValue([...groups, { tag: free, rate: 1, ...(free === 'bias' && { decay: 0 }) }])}
      >
        {t(groupWords.add)}
      </button>
    </div>
  );
}

/** A tensor of the state as one likes to see it: kernels as pictures, rows as a map, or its numbers. Fetched when wanted. */
import { useMemo, useState } from 'react';
import type { WeightForm } from '../../catalogue/define.ts';
import type { TensorValue } from '../../worker/protocol.ts';
import { Numbers } from '../dock/TensorView.tsx';
import { useT } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import { learnedWords as words } from '../strings/learned-words.ts';
import { Filters } from './Filters.tsx';
import './learned.css';
import { kernelForm, kindsOf, type LearnedKind, rowNames, weightFormOf } from './learned-kind.ts';
import { RowMap } from './RowMap.tsx';

interface LearnedProps {
  /** Of the tensor in the state. */
  readonly name: string;
  /** It, or the gradient by it. */
  readonly value: TensorValue;
}

export default function LearnedView({ name, value }: LearnedProps) {
  const t = useT();
  const document = useEditorState((s) => s.document);
  const [wished, setWished] = useState<LearnedKind>();
  const weight = weightFormOf(document, name);
  const kinds = kindsOf(weight, value.shape, value.data.length);
  const kind = wished && kinds.includes(wished) ? wished : kinds[0];
  return (
    <div className="learned">
      {kinds.length > 1 && (
        <fieldset className="segments" aria-label={t(words.view)}>
          {kinds.map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => setWished(one)}>
              {t(words[one])}
            </button>
          ))}
        </fieldset>
      )}
      <Drawn kind={kind} weight={weight} value={value} />
    </div>
  );
}

interface DrawnProps extends Pick<LearnedProps, 'value'> {
  readonly kind: LearnedKind | undefined;
  readonly weight: WeightForm | undefined;
}

function Drawn({ kind, weight, value }: DrawnProps) {
  const document = useEditorState((s) => s.document);
  const rows = value.shape[0] ?? 0;
  const names = useMemo(
    () => (weight === 'rows' ? rowNames(document, rows) : undefined),
    [document, weight, rows],
  );
  const form = kind === 'filters' && kernelForm(weight, value.shape);
  if (form) return <Filters value={value} form={form} />;
  return kind === 'map' ? <RowMap value={value} names={names} /> : <Numbers value={value} />;
}

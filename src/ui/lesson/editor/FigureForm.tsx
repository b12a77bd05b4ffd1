/** Which number is measured: for the answer to a guess, and for goals. */
import type { Figure } from '../../../../graph-schema/lesson.ts';
import { useT } from '../../locale.ts';
import type { JsonPlace } from '../json-at.ts';
import { editorWords } from './editor-words.ts';
import { ChoiceField, Missing, WrittenField } from './LessonFields.tsx';
import { useNodeOptions, usePortOptions } from './reference-options.ts';
import { useEdit } from './use-lesson-edit.ts';

const kinds = {
  check: editorWords.figureCheck,
  metric: editorWords.figureMetric,
  port: editorWords.figurePort,
  size: editorWords.figureSize,
  rank: editorWords.figureRank,
} as const;

type Kind = keyof typeof kinds;

const kindOf = (figure: Figure): Kind =>
  (Object.keys(kinds) as Kind[]).find((kind) => kind in figure) ?? 'metric';

export function FigureForm({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  const { at, set } = useEdit();
  const figure = at(path) as Figure;
  const kind = kindOf(figure);
  const [check] = useNodeOptions('check');
  const [port] = usePortOptions(['outputs']);
  const begun: Readonly<Record<Kind, string>> = {
    check: check?.value ?? '?',
    metric: 'loss',
    port: port?.value ?? '?',
    size: port?.value ?? '?',
    rank: port?.value ?? '?',
  };
  return (
    <>
      <ChoiceField
        label={editorWords.answer}
        value={kind}
        options={(Object.keys(kinds) as Kind[]).map((value) => ({ value, title: t(kinds[value]) }))}
        onChange={(chosen) => set(path, { [chosen]: begun[chosen as Kind] })}
      />
      <Details kind={kind} path={path} />
      <Missing path={path} />
    </>
  );
}

function Details({ kind, path }: { readonly kind: Kind; readonly path: JsonPlace }) {
  const { at, set } = useEdit();
  const checks = useNodeOptions('check');
  const ports = usePortOptions(['outputs', 'inputs']);
  const here = [...path, kind];
  const value = String(at(here) ?? '');
  const choose = (chosen: string) => set(here, chosen);
  switch (kind) {
    case 'check':
      return (
        <>
          <ChoiceField label={editorWords.check} value={value} options={checks} onChange={choose} />
          <Of path={[...path, 'of']} />
        </>
      );
    case 'metric':
      return <WrittenField path={here} label={editorWords.metric} />;
    case 'size':
      return (
        <>
          <ChoiceField label={editorWords.port} value={value} options={ports} onChange={choose} />
          <WrittenField
            path={[...path, 'axis']}
            label={editorWords.axis}
            read={(draft) => ({ value: draft.trim() || undefined })}
          />
        </>
      );
    case 'rank':
      return <ChoiceField label={editorWords.port} value={value} options={ports} onChange={choose} />;
    case 'port':
      return (
        <>
          <ChoiceField label={editorWords.port} value={value} options={ports} onChange={choose} />
          <Indices path={[...path, 'at']} />
          <Statistic path={[...path, 'statistic']} />
        </>
      );
  }
}

function Of({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  const { at, set } = useEdit();
  return (
    <ChoiceField
      label={editorWords.of}
      value={String(at(path) ?? 'value')}
      options={[
        { value: 'value', title: t(editorWords.ofValue) },
        { value: 'theory', title: t(editorWords.ofTheory) },
        { value: 'residual', title: t(editorWords.ofResidual) },
      ]}
      onChange={(chosen) => set(path, chosen === 'value' ? undefined : chosen)}
    />
  );
}

function Indices({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  return (
    <WrittenField
      path={path}
      label={editorWords.indices}
      note={t(editorWords.indicesNote)}
      needs={editorWords.needsIndices}
      format={(value) => ((value ?? []) as readonly number[]).join(', ')}
      read={(draft) => {
        if (draft.trim() === '') return { value: undefined };
        return /^\s*\d+(\s*[,\s]\s*\d+)*\s*$/.test(draft)
          ? { value: draft.match(/\d+/g)?.map(Number) }
          : undefined;
      }}
    />
  );
}

function Statistic({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  const { at, set } = useEdit();
  return (
    <ChoiceField
      label={editorWords.statistic}
      value={String(at(path) ?? '')}
      options={[
        { value: '', title: t(editorWords.element) },
        ...(['min', 'max', 'mean', 'deviation'] as const).map((value) => ({
          value,
          title: t(editorWords[value]),
        })),
      ]}
      onChange={(chosen) => set(path, chosen || undefined)}
    />
  );
}

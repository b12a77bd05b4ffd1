/** The fields of one goal, by its kind. */
import type { Goal } from '../../../../graph-schema/lesson.ts';
import type { Text } from '../../../base/text.ts';
import { useT } from '../../locale.ts';
import { useCatalogue } from '../../parts/use-catalogue.ts';
import type { JsonPlace } from '../json-at.ts';
import { editorWords } from './editor-words.ts';
import { FigureForm } from './FigureForm.tsx';
import { ChoiceField, NumberField, ValueField, WrittenField } from './LessonFields.tsx';
import { useNodeOptions, useParamOptions, usePortOptions } from './reference-options.ts';
import { useEdit } from './use-lesson-edit.ts';

type Of<K extends Goal['kind']> = Extract<Goal, { readonly kind: K }>;
type Simple = Exclude<Goal, { readonly of: readonly Goal[] }>;

interface DetailsProps<G extends Goal = Simple> {
  readonly path: JsonPlace;
  readonly goal: G;
}

export function GoalDetails({ path, goal }: DetailsProps) {
  switch (goal.kind) {
    case 'param':
      return <ParamDetails path={path} goal={goal} />;
    case 'dim':
      return (
        <>
          <WrittenField path={[...path, 'name']} label={editorWords.dim} />
          <Bounds path={path} />
        </>
      );
    case 'wire':
      return <WireDetails path={path} goal={goal} />;
    case 'node':
      return <NodeDetails path={path} goal={goal} />;
    case 'ran':
      return <NumberField path={[...path, 'steps']} label={editorWords.runSteps} />;
    case 'check':
      return <CheckDetails path={path} goal={goal} />;
    case 'figure':
      return (
        <>
          <FigureForm path={[...path, 'figure']} />
          <NumberField path={[...path, 'atLeast']} label={editorWords.atLeast} />
          <NumberField path={[...path, 'atMost']} label={editorWords.atMost} />
        </>
      );
    case 'problem':
      return (
        <>
          <WrittenField
            path={[...path, 'code']}
            label={editorWords.code}
            read={(draft) => ({ value: draft.trim() || undefined })}
          />
          <Presence path={path} />
        </>
      );
    case 'guessed':
      return null;
  }
}

const Bounds = ({ path }: { readonly path: JsonPlace }) => (
  <>
    <ValueField path={[...path, 'equals']} label={editorWords.equals} />
    <ValueField path={[...path, 'not']} label={editorWords.not} />
    <NumberField path={[...path, 'atLeast']} label={editorWords.atLeast} />
    <NumberField path={[...path, 'atMost']} label={editorWords.atMost} />
  </>
);

interface YesNoProps {
  readonly path: JsonPlace;
  readonly label: Text;
  readonly yes: Text;
  readonly no: Text;
}

function YesNo({ path, label, yes, no }: YesNoProps) {
  const t = useT();
  const { at, set } = useEdit();
  return (
    <ChoiceField
      label={label}
      value={String(at(path) !== false)}
      options={[
        { value: 'true', title: t(yes) },
        { value: 'false', title: t(no) },
      ]}
      onChange={(value) => set(path, value === 'true')}
    />
  );
}

const Presence = ({ path }: { readonly path: JsonPlace }) => (
  <YesNo
    path={[...path, 'present']}
    label={editorWords.wanted}
    yes={editorWords.there}
    no={editorWords.gone}
  />
);

function ParamDetails({ path, goal }: DetailsProps<Of<'param'>>) {
  const { set } = useEdit();
  const nodes = useNodeOptions();
  const params = useParamOptions(goal.node);
  return (
    <>
      <ChoiceField
        label={editorWords.node}
        value={goal.node}
        options={nodes}
        onChange={(node) => set([...path, 'node'], node)}
      />
      <ChoiceField
        label={editorWords.param}
        value={goal.param}
        options={params}
        onChange={(param) => set([...path, 'param'], param)}
      />
      <Bounds path={path} />
    </>
  );
}

function WireDetails({ path, goal }: DetailsProps<Of<'wire'>>) {
  const t = useT();
  const { set } = useEdit();
  const outputs = usePortOptions(['outputs']);
  const inputs = usePortOptions(['inputs']);
  return (
    <>
      <ChoiceField
        label={editorWords.from}
        value={goal.from ?? ''}
        options={[{ value: '', title: t(editorWords.anywhere) }, ...outputs]}
        onChange={(from) => set([...path, 'from'], from || undefined)}
      />
      <ChoiceField
        label={editorWords.to}
        value={goal.to}
        options={inputs}
        onChange={(to) => set([...path, 'to'], to)}
      />
      <Presence path={path} />
    </>
  );
}

function NodeDetails({ path, goal }: DetailsProps<Of<'node'>>) {
  const t = useT();
  const { set } = useEdit();
  const types = useCatalogue().map(({ type, title }) => ({ value: type, title: t(title) }));
  return (
    <>
      <ChoiceField
        label={editorWords.type}
        value={goal.type}
        options={types}
        onChange={(type) => set([...path, 'type'], type)}
      />
      <NumberField path={[...path, 'atLeast']} label={editorWords.atLeast} />
      <NumberField path={[...path, 'atMost']} label={editorWords.atMost} />
    </>
  );
}

function CheckDetails({ path, goal }: DetailsProps<Of<'check'>>) {
  const { set } = useEdit();
  const checks = useNodeOptions('check');
  return (
    <>
      <ChoiceField
        label={editorWords.check}
        value={goal.node}
        options={checks}
        onChange={(node) => set([...path, 'node'], node)}
      />
      <YesNo
        path={[...path, 'met']}
        label={editorWords.wanted}
        yes={editorWords.met}
        no={editorWords.notMet}
      />
    </>
  );
}

/** Tests of a lesson: its checks are met in the student's own run, and those of its broken twins are not. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { type Goal, type Lesson, type LessonStep, readLesson } from '../../graph-schema/lesson.ts';
import { isError } from '../../src/base/diagnostic.ts';
import { checkLesson, type NamedVerdict } from '../../src/cli/lesson-checks.ts';
import { check } from '../../src/compiler/index.ts';
import type { MeasuredState } from '../../src/document/lesson/lesson-state.ts';
import { measuredFigure } from '../../src/document/lesson/measured-figure.ts';
import { met } from '../../src/document/lesson/met.ts';
import type { EngineName } from '../../src/numeric/engine.ts';
import { engines } from '../../src/numeric/index.ts';
import { type Checkpoint, type CheckVerdict, type Model, openModel } from '../../src/runtime/index.ts';
import { templates } from '../../templates/index.ts';
import type { Template } from '../../templates/template.ts';

/** Changes a copy of a lesson's document. */
type Change = (draft: GraphDocument) => void;

export interface BrokenTwin {
  /** What is wrong with it: “a wrong sign”. */
  readonly what: string;
  readonly change: Change;
  /** The check nodes that must not be met then; the others may be. */
  readonly breaks: readonly string[];
  /** Whether the lesson is trained as it is, and broken afterwards. */
  readonly isTrained?: boolean;
}

export interface LessonTests {
  readonly twins: readonly BrokenTwin[];
  /** What a student does in a step, by the id of the step: its goal is met then, guesses answered. */
  readonly does?: Readonly<Record<string, Change>>;
  /** The same for what a student does to the graph when it has been trained. */
  readonly doesTrained?: Readonly<Record<string, Change>>;
}

export const lessonNamed = (name: string): Template => {
  const template = templates.find((t) => t.name === name && t.lesson);
  if (!template) throw new Error(`there is no lesson ${name}`);
  return template;
};

export function changed(document: GraphDocument, change: Change): GraphDocument {
  const draft = structuredClone(document);
  change(draft);
  return draft;
}

/** What a lesson checks, by the path of the check node. Throws where it does not get so far. */
export async function verdictsOf(
  document: GraphDocument,
  { engine = 'wasm', seed = 1 }: { readonly engine?: EngineName; readonly seed?: number } = {},
): Promise<Readonly<Record<string, NamedVerdict>>> {
  const { value, diagnostics } = await checkLesson(document, await engines[engine](), seed);
  if (!value) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
  return Object.fromEntries(value.map((verdict) => [verdict.node, verdict]));
}

/** What the page would show: of the state of a model, which may have been trained. */
async function measuredOf(model: Model): Promise<MeasuredState> {
  const { value, diagnostics } = await model.inspect({ checks: true, watched: false });
  if (!value) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
  const { values, metrics, checks = [], step } = value;
  return { values, metrics: { ...metrics, ...model.state()?.metrics }, checks, steps: step, guessed: false };
}

const open = async (document: GraphDocument, from?: Checkpoint): Promise<Model> =>
  openModel(document, { engine: 'wasm', seed: 1, from, compile: { expose: 'all' } });

async function trainedOf(document: GraphDocument): Promise<Model> {
  const model = await open(document);
  if (model.compiled().value?.train) for await (const _ of model.run());
  return model;
}

export function testLesson(name: string, { twins, does = {}, doesTrained = {} }: LessonTests): void {
  const template = lessonNamed(name);
  describe(name, () => {
    let document: GraphDocument;
    let lesson: Lesson;
    let once: Promise<Model> | undefined;
    /** The lesson as a student leaves it; trained once for all tests. */
    const trained = () => (once ??= trainedOf(document));
    beforeAll(async () => {
      document = await template.load();
      const read = readLesson(document);
      if (!read || 'faults' in read) throw new Error(JSON.stringify(read));
      lesson = read.value;
    });

    it('is taught in both languages: a guess first, at last something new', () => {
      for (const words of wordsOf(lesson)) expectBothLanguages(words);
      expect(lesson.steps.length).toBeGreaterThanOrEqual(4);
      expect(lesson.steps.some(({ guess }) => guess)).toBe(true);
      expect(lesson.steps.at(-1)?.kind).toBe('transfer');
      expect(lesson.steps.map(({ kind }) => kind)).toContain('recall');
    });

    it('speaks of what is there, and names every check', () => {
      expect(check(document).diagnostics).toEqual([]);
      const { nodes } = document;
      const checkNodes = Object.keys(nodes).filter((id) => /^check(-|$)/.test(nodes[id]?.type ?? ''));
      expect(lesson.checks.map(({ node }) => node).sort()).toEqual(checkNodes.sort());
    });

    it('has goals that are not reached before anything is done', async () => {
      const at = { document, checked: check(document) };
      const measured = await measuredOf(await open(document));
      const reached = goalsOf(lesson).filter(({ goal }) => met(goal, at, measured));
      expect(reached.map(({ id }) => id)).toEqual([]);
    });

    it.each(Object.entries(does))('reaches the goal of %s by doing it', async (id, change) => {
      const done = changed(document, change);
      const model = await trainedOf(done);
      const sound = !model.compiled().diagnostics.some(isError);
      const measured = sound ? await measuredOf(model) : nothingMeasured;
      expectReached(lesson, id, done, measured);
    });

    it.runIf(template.lesson?.onReference)('meets its checks on reference', async () => {
      expectMet(Object.values(await verdictsOf(document, { engine: 'reference' })));
    });

    it.each(twins.filter(({ isTrained }) => !isTrained))(
      'its broken twin with $what is told from it',
      async ({ change, breaks }) => {
        const twin = changed(document, change);
        const { value, diagnostics } = await checkLesson(twin, await engines.wasm(), 1);
        // A run that has diverged checks nothing: that is not met, either.
        if (!value) return expect(diagnostics.map(({ code }) => code)).toEqual(['not-finite']);
        const unmet = value.filter((verdict) => !verdict.met).map(({ node }) => node);
        expect(unmet).toEqual(expect.arrayContaining([...breaks]));
      },
    );

    // What takes longer is trained by `tensorloom lessons --all`.
    if (template.lesson?.isLong) return;

    // On a busy machine a training of half a minute takes some.
    it('meets its checks on wasm', { timeout: 600_000 }, async () => {
      expectMet((await measuredOf(await trained())).checks);
    });

    it.each(Object.entries(doesTrained))(
      'reaches the goal of %s by doing it, once trained',
      async (id, change) => {
        const done = changed(document, change);
        const measured = await measuredOf(await open(done, (await trained()).state()));
        expectReached(lesson, id, done, measured);
      },
    );

    it.each(twins.filter(({ isTrained }) => isTrained))(
      'its broken twin with $what, once trained, is told from it',
      async ({ change, breaks }) => {
        const model = await open(changed(document, change), (await trained()).state());
        const unmet = (await measuredOf(model)).checks.filter((verdict) => !verdict.met);
        expect(unmet.map(({ node }) => node)).toEqual(expect.arrayContaining([...breaks]));
      },
    );

    it('computes an answer to each of its guesses', async () => {
      const measured = await measuredOf(await trained());
      const at = { checked: check(document) };
      for (const { id, guess } of lesson.steps)
        if (guess) expect(measuredFigure(guess.answer, at, measured), id).toEqual(expect.any(Number));
    });
  });
}

/** The goal of a step, its guess answered. */
function expectReached(lesson: Lesson, id: string, document: GraphDocument, measured: MeasuredState): void {
  const step = goalsOf(lesson).find((one) => one.id === id);
  if (!step) throw new Error(`no step ${id} has a goal`);
  expect(met(step.goal, { document, checked: check(document) }, { ...measured, guessed: true })).toBe(true);
}

function expectMet(verdicts: readonly Pick<CheckVerdict, 'met'>[]): void {
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.filter((verdict) => !verdict.met)).toEqual([]);
}

const nothingMeasured: MeasuredState = { values: {}, metrics: {}, checks: [], steps: 0, guessed: true };

const goalsOf = ({ steps }: Lesson): readonly (LessonStep & { readonly goal: Goal })[] =>
  steps.flatMap((step) => (step.goal ? [{ ...step, goal: step.goal }] : []));

interface Words {
  readonly en: string;
  readonly zh: string;
}

function* wordsOf(lesson: Lesson): Generator<Words> {
  yield lesson.title;
  yield lesson.idea;
  for (const { title, text, hint, guess } of lesson.steps) {
    yield title;
    yield text;
    if (hint) yield hint;
    if (guess) yield guess.question;
    if (guess?.kind === 'number' && guess.unit) yield guess.unit;
  }
  for (const { name, reason } of lesson.checks) {
    yield name;
    yield reason;
  }
}

/** Chinese stands in the one and not in the other, and formulas are closed in both. */
function expectBothLanguages({ en, zh }: Words): void {
  const withoutFormulas = (text: string) => text.replace(/\$[^$]*\$/g, '');
  expect(en.trim(), zh).not.toBe('');
  expect(en).not.toMatch(/\p{Script=Han}/u);
  if (/[a-z]{3}/.test(withoutFormulas(en))) expect(zh).toMatch(/\p{Script=Han}/u);
  for (const text of [en, zh]) expect((text.match(/\$/g) ?? []).length % 2, text).toBe(0);
}

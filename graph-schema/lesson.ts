/**
 * The lesson of a document: steps that say what to look at and what to do, guesses whose answers the engine
 * computes, and the checks that say whether the idea holds in the student's own run. zod is its single source.
 *
 * A document keeps it as JSON that is not looked into when the document is read: a lesson that is not one is told
 * by the check of the document, and costs nobody the drawing.
 */
import { z } from 'zod';
import { text as say } from '../src/base/text.ts';
import { refuse, type Validation, validate } from '../src/base/validate.ts';

/** Of steps, options, checks. */
const many = 200;

const id = z.string().min(1).max(200);
const real = z.number();
const portKey = z.string().min(1).max(500);

/**
 * In both languages. Paragraphs stand between blank lines; formulas are TeX between `$` and `$`; `*emphasis*` and
 * `` `code` `` are the only other markup.
 */
const lessonTextSchema = z.looseObject({ en: z.string().max(20_000), zh: z.string().max(20_000) });

/** Something that is shown beside the words: a card, a wire, a panel of the page, a picture, a tensor network, the inside of a node. */
const lookSchema = z.union([
  z.strictObject({ node: id }),
  z.strictObject({ wire: id }),
  z.strictObject({ panel: z.enum(['values', 'plan', 'charts', 'problems']) }),
  /** The node of category `picture` that is drawn large. */
  z.strictObject({ picture: id }),
  /** The contraction that is drawn as a tensor network. */
  z.strictObject({ network: id }),
  /** The node that is opened into what it is made of. */
  z.strictObject({ inside: id }),
]);

/** A number that the engine measures; never stored. Nodes are given by their ids, ports as `node.port`. */
const figureSchema = z.union([
  /** Of a check node. Default: the value that it measures. */
  z.strictObject({ check: id, of: z.enum(['value', 'theory', 'residual']).optional() }),
  /** The last of a run, or of the state that is shown: `loss`, `testAccuracy`. */
  z.strictObject({ metric: id }),
  /** An element by its indices, none for a scalar; or a statistic of all elements. */
  z.strictObject({
    port: portKey,
    at: z.array(z.int().min(0)).max(32).optional(),
    statistic: z.enum(['min', 'max', 'mean', 'deviation']).optional(),
  }),
  /** How many numbers a port gives, or how long one of its axes is. */
  z.strictObject({ size: portKey, axis: id.optional() }),
  /** How many indices a port has. */
  z.strictObject({ rank: portKey }),
]);

const bounds = {
  equals: z.json().optional(),
  atLeast: real.optional(),
  atMost: real.optional(),
  /** The value that it has had, where any other will do. */
  not: z.json().optional(),
};
const present = z.boolean().default(true);

/** What holds when a step is done; `src/document/lesson/met.ts` alone says whether it does. */
export type Goal =
  | z.output<(typeof simpleGoals)[number]>
  | { readonly kind: 'all' | 'any'; readonly of: readonly Goal[] };

const simpleGoals = [
  /** A parameter of a node; inside of records and lists by a path such as `axes.0.size`. */
  z.strictObject({ kind: z.literal('param'), node: id, param: id, ...bounds }),
  /** The declared size of a symbol. */
  z.strictObject({ kind: z.literal('dim'), name: id, ...bounds }),
  /** A wire from a port, or from any where `from` is left out, to another. */
  z.strictObject({ kind: z.literal('wire'), from: portKey.optional(), to: portKey, present }),
  /** How many nodes of a type there are; at least one when no bound is given. */
  z.strictObject({ kind: z.literal('node'), type: id, ...bounds }),
  /** Training has made the state by so many steps; default: one. */
  z.strictObject({ kind: z.literal('ran'), steps: z.int().min(1).optional() }),
  z.strictObject({ kind: z.literal('check'), node: id, met: z.boolean().default(true) }),
  z.strictObject({
    kind: z.literal('figure'),
    figure: figureSchema,
    atLeast: bounds.atLeast,
    atMost: bounds.atMost,
  }),
  /** The document has a diagnostic of this code, or any error where none is given; or has none. */
  z.strictObject({ kind: z.literal('problem'), code: id.optional(), present }),
  /** The student has answered the guess of this step, rightly or not. */
  z.strictObject({ kind: z.literal('guessed') }),
] as const;

const goalSchema: z.ZodType<Goal> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    ...simpleGoals,
    z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(goalSchema).min(1).max(many) }),
  ]),
) as z.ZodType<Goal>;

/** When the answer is shown; default: when the step is done. For a guess that a later step's run answers. */
const reveal = goalSchema.optional();

const guessSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('choice'),
    question: lessonTextSchema,
    /** The first whose range the measured figure lies in is right; a bound that is left out is none. */
    options: z
      .array(z.looseObject({ text: lessonTextSchema, from: real.optional(), to: real.optional() }))
      .min(2)
      .max(8),
    answer: figureSchema,
    reveal,
  }),
  z.looseObject({
    kind: z.literal('number'),
    question: lessonTextSchema,
    answer: figureSchema,
    /** How far from the measured figure a guess may lie, as a part of it; of 0, as a number. */
    within: real.min(0),
    unit: lessonTextSchema.optional(),
    reveal,
  }),
]);

const stepKinds = ['see', 'do', 'recall', 'transfer'] as const;

const stepSchema = z.looseObject({
  /** Names the step in links. */
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** What it asks for: to look, to act, to say again what was learnt, to use it in a new situation. */
  kind: z.enum(stepKinds),
  title: lessonTextSchema,
  text: lessonTextSchema,
  look: z.array(lookSchema).max(many).optional(),
  /** Asked before anything is run. */
  guess: guessSchema.optional(),
  /** When the step is done; one without a goal is done when it has been read. */
  goal: goalSchema.optional(),
  hint: lessonTextSchema.optional(),
});

const lessonCheckSchema = z.looseObject({
  /** A check node. */
  node: id,
  name: lessonTextSchema,
  /** Why the tolerance is what it is. */
  reason: lessonTextSchema,
});

const lessonSchema = z.looseObject({
  title: lessonTextSchema,
  /** One sentence. */
  idea: lessonTextSchema,
  steps: z
    .array(stepSchema)
    .min(1)
    .max(many)
    .refine(
      (steps) => new Set(steps.map(({ id }) => id)).size === steps.length,
      refuse(say('two steps have one id', '两个步骤的 id 相同')),
    ),
  checks: z.array(lessonCheckSchema).max(many).default([]),
});

export type LessonText = z.output<typeof lessonTextSchema>;
export type Look = z.output<typeof lookSchema>;
export type Figure = z.output<typeof figureSchema>;
export type Guess = z.output<typeof guessSchema>;
export type LessonStep = z.output<typeof stepSchema>;
export type LessonCheck = z.output<typeof lessonCheckSchema>;
export type Lesson = z.output<typeof lessonSchema>;

/** What a document kept before lessons had steps. */
const plainLessonSchema = z.strictObject({ title: lessonTextSchema, text: lessonTextSchema });

/** As documents hold lessons, older ones too. */
export const writtenLessonSchema = z.union([lessonSchema, plainLessonSchema]);

const known = new WeakMap<object, Validation<Lesson>>();

/** The lesson of a document, or what keeps it from being one; undefined where there is none. The same object for the same JSON. */
export function readLesson({ lesson: json }: { readonly lesson?: unknown }): Validation<Lesson> | undefined {
  if (json === undefined || json === null) return undefined;
  if (typeof json !== 'object') return validate(lessonSchema, json);
  const read = known.get(json) ?? validate(lessonSchema, withSteps(json));
  known.set(json, read);
  return read;
}

/** A title and a text become one step to read. */
function withSteps(json: object): object {
  const { success, data } = plainLessonSchema.safeParse(json);
  if (!success) return json;
  const { title, text } = data;
  return { title, idea: title, steps: [{ id: 'about', kind: 'see', title, text }], checks: [] };
}

/**
 * What this browser remembers of lessons: where each document stands in its own, and which lessons are done.
 * Storage that is blocked or broken costs only the remembering.
 */
import { z } from 'zod';
import { create } from 'zustand';

const KEY = 'tensorloom.lessons';
/** Documents that are remembered; of more the oldest are forgotten. */
const MOST = 200;

const placeSchema = z.object({
  /** The template that it was opened from. */
  template: z.string().optional(),
  /** Id of the step that is shown; the first where there is none of that name. */
  step: z.string().catch(''),
  /** By step: the number that was guessed, or the place of the option. */
  guesses: z.record(z.string(), z.number()).catch({}),
  /** Steps whose goal was reached. */
  done: z.array(z.string()).catch([]),
  /** The panel is put away. */
  away: z.boolean().catch(false),
  /** When it was last changed, in milliseconds since 1970. */
  at: z.number().catch(0),
});

const schema = z.object({
  /** By id of the document. */
  places: z.record(z.string(), placeSchema).catch({}),
  /** By name of the template: the document in which it was last worked on, and whether it has been finished. */
  lessons: z.record(z.string(), z.object({ document: z.string(), done: z.boolean() })).catch({}),
});

export type LessonStanding = z.output<typeof placeSchema>;
type Progress = z.output<typeof schema>;

const atStart: LessonStanding = { step: '', guesses: {}, done: [], away: false, at: 0 };

function stored(): Progress {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return { places: {}, lessons: {} };
  }
}

export const useProgress = create<Progress>()(stored);

function keep(change: Partial<Progress>): void {
  // Another tab may have gone on meanwhile.
  const now = stored();
  const { places, lessons } = useProgress.getState();
  const next = {
    places: change.places ?? { ...places, ...now.places },
    lessons: change.lessons ?? { ...lessons, ...now.lessons },
  };
  useProgress.setState(next);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // It holds for this visit.
  }
}

export const placeIn = ({ places }: Pick<Progress, 'places'>, document: string): LessonStanding =>
  (Object.hasOwn(places, document) ? places[document] : undefined) ?? atStart;

export function changePlace(document: string, change: Partial<LessonStanding>): void {
  const places = { ...useProgress.getState().places };
  places[document] = { ...placeIn({ places }, document), ...change, at: Date.now() };
  const kept = Object.entries(places).sort(([, a], [, b]) => b.at - a.at);
  keep({ places: Object.fromEntries(kept.slice(0, MOST)) });
}

/** A lesson was opened from its template as this document, at a step where one is named. */
export function beginLesson(template: string, document: string, step = ''): void {
  changePlace(document, { template, step });
  const { lessons } = useProgress.getState();
  keep({ lessons: { ...lessons, [template]: { document, done: lessons[template]?.done ?? false } } });
}

export function finishLesson(document: string): void {
  const { template } = placeIn(useProgress.getState(), document);
  if (template === undefined) return;
  keep({ lessons: { ...useProgress.getState().lessons, [template]: { document, done: true } } });
}

/** All lessons as if none had been opened; documents stay. */
export const forgetLessons = (): void => keep({ places: {}, lessons: {} });

/** Links to a lesson at one of its steps: `#lesson=name&step=id`. */

export interface LessonAddress {
  /** The name of the template. */
  readonly lesson: string;
  readonly step: string;
}

/** Reads the fragment of an address; undefined for any other. */
export function readLessonAddress(hash: string): LessonAddress | undefined {
  if (!hash.startsWith('#lesson=')) return undefined;
  const given = new URLSearchParams(hash.slice(1));
  return { lesson: given.get('lesson') ?? '', step: given.get('step') ?? '' };
}

export const lessonHash = ({ lesson, step }: LessonAddress): string =>
  `#${new URLSearchParams(step === '' ? { lesson } : { lesson, step })}`;

export const lessonLink = (lesson: string, step: string): string =>
  location.origin + location.pathname + location.search + lessonHash({ lesson, step });

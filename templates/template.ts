/** What the gallery knows of a graph before it is opened. */
import type { GraphDocument } from '../graph-schema/document.ts';
import { type Text, text } from '../src/base/text.ts';

/** Parts of the path through the lessons, in their order. */
export const chapters = {
  tensors: text('Tensors and contractions', '张量与收缩'),
  descent: text('Rolling downhill', '滚下山坡'),
  heat: text('Heat', '热'),
  symmetry: text('Symmetry and conservation', '对称与守恒'),
} as const;

export type Chapter = keyof typeof chapters;

/** Lesson 14, of many starts, stands with those on descent. */
const chapterOf = (number: number): Chapter =>
  number <= 5 ? 'tensors' : number <= 9 || number === 14 ? 'descent' : number <= 13 ? 'heat' : 'symmetry';

/** A graph that teaches one idea of learning as physics, and checks it. */
export interface CoursePlace {
  /** Where it stands in the course, from 1. */
  readonly number: number;
  /** Whether its checks are also computed, soon enough, by the reference engine. */
  readonly onReference: boolean;
  /** Whether it takes longer than a test may: `tensorloom lessons --all` runs it. */
  readonly isLong: boolean;
}

export interface Template {
  readonly name: string;
  readonly title: Text;
  /** What one sees or learns, in a sentence. */
  readonly sentence: Text;
  /** Names and descriptions in its drawing that are said in the language of the page, by their English. */
  readonly words: readonly Text[];
  /** Of a lesson, which stands in the path through the lessons instead of among the other templates. */
  readonly chapter?: Chapter;
  /** Set for lessons. */
  readonly lesson?: CoursePlace;
  load(): Promise<GraphDocument>;
  /** Files that its data are read from, by their paths beside it. */
  readonly files: Readonly<Record<string, () => Promise<Uint8Array>>>;
}

type File = () => Promise<{ readonly default: unknown }>;

export function template(
  name: string,
  title: Text,
  sentence: Text,
  file: File,
  words: readonly Text[] = [],
  files: Readonly<Record<string, () => Promise<{ readonly default: string }>>> = {},
): Template {
  const bytes = Object.entries(files).map(
    ([path, of]) => [path, async () => new TextEncoder().encode((await of()).default)] as const,
  );
  return {
    name,
    title,
    sentence,
    words,
    files: Object.fromEntries(bytes),
    async load() {
      // With the node types, which the gallery does without until a graph is opened.
      const { readDocument } = await import('../src/compiler/read-document.ts');
      const { fetchTypes } = await import('../src/catalogue/packs.ts');
      const { default: graph } = await file();
      await fetchTypes(graph);
      const { value, diagnostics } = readDocument(graph);
      if (!value) throw new Error(`internal: template ${name}: ${diagnostics[0]?.message.en}`);
      return value;
    },
  };
}

export interface LessonEntry extends Partial<CoursePlace> {
  readonly number: number;
  readonly name: string;
  readonly title: Text;
  readonly sentence: Text;
  readonly file: File;
  readonly words?: readonly Text[];
}

export function lesson(entry: LessonEntry): Template {
  const { name, title, sentence, file, words, number, onReference = true, isLong = false } = entry;
  return {
    ...template(name, title, sentence, file, words),
    chapter: chapterOf(number),
    lesson: { number, onReference, isLong },
  };
}

/** What a goal asks for, in words, as far as its data says it. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Figure, Goal, Lesson } from '../../../graph-schema/lesson.ts';
import { type PathText, readPortKey } from '../../base/path.ts';
import { fill, type Locale, type Text, type TextTemplate } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import type { PortSpec } from '../../catalogue/index.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { CheckedNode } from '../../compiler/types.ts';
import { entry, nodeAt } from '../../document/levels.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { formatNumber } from '../parts/numbers.ts';
import { metricNames } from '../strings/dock.ts';
import { goalParam } from './goal-param.ts';
import { goalWords } from './lesson-words.ts';

interface Told {
  readonly document: GraphDocument;
  readonly nodes: Readonly<Record<PathText, CheckedNode>>;
  readonly lesson: Lesson;
  readonly locale: Locale;
}

const titleOf = ({ document, locale }: Told, path: PathText): string =>
  nodeAt(document, path) ? `“${nodeTitle(document, path, locale)}”` : visible(path);

/** A node's only output goes by the node, every other port by its title as well. */
function portTitleOf(told: Told, key: string): string {
  const { node, port } = readPortKey(key);
  const { inputs = [], outputs = [] } = entry(told.nodes, node) ?? {};
  if (outputs.length === 1 && outputs[0]?.name === port) return titleOf(told, node);
  const found: PortSpec | undefined = [...outputs, ...inputs].find(({ name }) => name === port);
  return `${titleOf(told, node)} · ${found?.title?.[told.locale] ?? visible(port)}`;
}

/** Bounds as a goal has them. */
interface Bounds {
  readonly equals?: unknown;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

const shown = (value: unknown): string =>
  typeof value === 'number' ? formatNumber(value) : visible(JSON.stringify(value) ?? '');

/** The words for the bounds that there are, the exact value first. */
function bounded(
  { equals, atLeast, atMost }: Bounds,
  pick: Readonly<Record<'equals' | 'between' | 'least' | 'most' | 'other', Text>>,
): Text {
  if (equals !== undefined) return fill(pick.equals as TextTemplate<'{value}'>, { value: shown(equals) });
  const values = { least: shown(atLeast), most: shown(atMost) };
  if (atLeast !== undefined && atMost !== undefined)
    return fill(pick.between as TextTemplate<'{least} {most}'>, values);
  if (atLeast !== undefined) return fill(pick.least as TextTemplate<'{least}'>, values);
  if (atMost !== undefined) return fill(pick.most as TextTemplate<'{most}'>, values);
  return pick.other;
}

const toBounds = (bounds: Bounds): Text =>
  bounded(bounds, {
    equals: goalWords.exactly,
    between: goalWords.toBetween,
    least: goalWords.least,
    most: goalWords.most,
    other: goalWords.anotherValue,
  });

export function figureText(figure: Figure, told: Told): string {
  const { lesson, locale } = told;
  if ('check' in figure) return checkName(lesson, figure.check)?.[locale] ?? titleOf(told, figure.check);
  if ('metric' in figure) return metricNames[figure.metric]?.[locale] ?? visible(figure.metric);
  if ('port' in figure) return portTitleOf(told, figure.port);
  if ('size' in figure) return fill(goalWords.sizeOf, { port: portTitleOf(told, figure.size) })[locale];
  return fill(goalWords.rankOf, { port: portTitleOf(told, figure.rank) })[locale];
}

export const checkName = (lesson: Lesson, node: string): Text | undefined =>
  lesson.checks.find((check) => check.node === node)?.name;

/** Between Chinese characters and Latin letters or digits stands a space, and only one. */
const spaced = (words: string): string =>
  words
    .replace(/(\p{Script=Han})(?=[\w\p{Script=Greek}"−-])/gu, '$1 ')
    .replace(/([\w\p{Script=Greek}"])(?=\p{Script=Han})/gu, '$1 ')
    .replace(/ {2,}/g, ' ');

/** A sentence without a full stop; of several goals together only what joins them. */
export function goalText(goal: Goal, told: Told): string {
  const { document, lesson, locale } = told;
  const say = (words: Text, values: Readonly<Record<string, string | number>> = {}) => {
    const told = fill(words, values)[locale];
    return locale === 'zh' ? spaced(told) : told;
  };
  switch (goal.kind) {
    case 'param': {
      const node = titleOf(told, goal.node);
      const found = goalParam(document, goal.node, goal.param, locale);
      const param = found?.title ?? visible(goal.param);
      const choice = found?.field.choices.find(({ value }) => value === goal.equals)?.label;
      const named = typeof goal.equals === 'boolean' ? goalWords[goal.equals ? 'on' : 'off'] : choice;
      const bounds = named ? fill(goalWords.exactly, { value: named }) : toBounds(goal);
      return say(
        param === node
          ? fill(goalWords.setNode, { node, bounds })
          : fill(goalWords.setParam, { node, param, bounds }),
      );
    }
    case 'dim':
      return say(fill(goalWords.setDim, { param: goal.name, bounds: toBounds(goal) }));
    case 'wire': {
      const to = portTitleOf(told, goal.to);
      if (goal.from === undefined) return say(goal.present ? goalWords.feed : goalWords.unplug, { to });
      return say(goal.present ? goalWords.connect : goalWords.cut, {
        from: portTitleOf(told, goal.from),
        to,
      });
    }
    case 'node': {
      const title = registryOf(document).find(goal.type)?.title ?? { en: goal.type, zh: goal.type };
      return say(fill(goalWords.addNode, { title }));
    }
    case 'ran':
      return goal.steps === undefined ? say(goalWords.ran) : say(goalWords.ranSteps, { steps: goal.steps });
    case 'check': {
      const name = checkName(lesson, goal.node)?.[locale] ?? titleOf(told, goal.node);
      return say(goal.met ? goalWords.checkMet : goalWords.checkNotMet, { name });
    }
    case 'figure':
      return say(fill(goalWords.figure, { figure: figureText(goal.figure, told), bounds: toBounds(goal) }));
    case 'problem':
      return say(goal.present ? goalWords.problem : goalWords.noProblem);
    case 'guessed':
      return say(goalWords.guessed);
    case 'all':
      return say(goalWords.allOf);
    case 'any':
      return say(goalWords.anyOf);
  }
}

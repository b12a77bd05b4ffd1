/** What a lesson speaks of that its document does not have. */
import type { Figure, Goal, Lesson, LessonStep, Look } from '../../../graph-schema/lesson.ts';
import { codes } from '../../base/codes.ts';
import { readPortKey } from '../../base/path.ts';
import { type Text, text } from '../../base/text.ts';
import { registryOf } from '../../catalogue/index.ts';
import { drawings, entry, nodeAt } from '../levels.ts';
import type { CheckedDocument } from './lesson-state.ts';

export interface DanglingReference {
  /** The step that it stands in; undefined for one of the checks. */
  readonly step: LessonStep | undefined;
  /** Where it stands in the lesson. */
  readonly path: readonly (string | number)[];
  readonly what: Text;
  readonly name: string;
}

const words = {
  node: text('node', '节点'),
  check: text('check', '检验'),
  picture: text('picture', '图像'),
  network: text('contraction', '收缩'),
  wire: text('wire', '连线'),
  port: text('port', '端口'),
  axis: text('axis', '轴'),
  metric: text('metric', '指标'),
  param: text('parameter', '参数'),
  dim: text('size', '尺寸'),
  type: text('node type', '节点类型'),
  code: text('diagnostic', '诊断代码'),
  guess: text('guess', '猜测'),
} as const;

/** A thing of some kind by its name. */
type Reference = readonly [what: keyof typeof words, name: string];

/** In the order of the lesson. Wires are let go without a word: a student may have been asked to cut them. */
export function danglingReferences(lesson: Lesson, at: CheckedDocument): readonly DanglingReference[] {
  const isThere = lookUp(at);
  const found: DanglingReference[] = [];
  const tell = (step: LessonStep | undefined, path: DanglingReference['path'], of: readonly Reference[]) => {
    for (const [what, name] of of)
      if (!isThere[what](name)) found.push({ step, path, what: words[what], name });
  };
  for (const [i, step] of lesson.steps.entries()) {
    for (const [k, look] of (step.look ?? []).entries()) tell(step, ['steps', i, 'look', k], ofLook(look));
    if (step.guess) tell(step, ['steps', i, 'guess', 'answer'], ofFigure(step.guess.answer));
    if (step.guess?.reveal) tell(step, ['steps', i, 'guess', 'reveal'], ofGoal(step.guess.reveal, step));
    if (step.goal) tell(step, ['steps', i, 'goal'], ofGoal(step.goal, step));
  }
  for (const [i, { node }] of lesson.checks.entries()) tell(undefined, ['checks', i], [['check', node]]);
  return found;
}

function ofLook(look: Look): readonly Reference[] {
  if ('node' in look) return [['node', look.node]];
  if ('picture' in look) return [['picture', look.picture]];
  if ('inside' in look) return [['node', look.inside]];
  return 'network' in look ? [['network', look.network]] : [];
}

function ofFigure(figure: Figure): readonly Reference[] {
  if ('check' in figure) return [['check', figure.check]];
  if ('metric' in figure) return [['metric', figure.metric]];
  if ('port' in figure) return [['port', figure.port]];
  if ('rank' in figure) return [['port', figure.rank]];
  const axis: Reference = ['axis', `${figure.size} ${figure.axis}`];
  return [['port', figure.size], ...(figure.axis === undefined ? [] : [axis])];
}

function ofGoal(goal: Goal, step: LessonStep): readonly Reference[] {
  switch (goal.kind) {
    case 'param':
      return [
        ['node', goal.node],
        ['param', `${goal.node} ${goal.param.split('.')[0]}`],
      ];
    case 'dim':
      return [['dim', goal.name]];
    case 'wire':
      return [goal.from, goal.to].flatMap((port) => (port === undefined ? [] : [['port', port] as const]));
    case 'node':
      return [['type', goal.type]];
    case 'check':
      return [['check', goal.node]];
    case 'figure':
      return ofFigure(goal.figure);
    case 'problem':
      return goal.code === undefined ? [] : [['code', goal.code]];
    case 'guessed':
      return step.guess ? [] : [['guess', step.id]];
    case 'ran':
      return [];
    case 'all':
    case 'any':
      return goal.of.flatMap((part) => ofGoal(part, step));
  }
}

/** Whether something is there, by what it is. Axes and parameters are named behind their port or node and a blank. */
function lookUp({
  document,
  checked,
}: CheckedDocument): Record<keyof typeof words, (name: string) => boolean> {
  const registry = registryOf(document);
  const definitionOf = (path: string) => {
    const node = nodeAt(document, path);
    return node && registry.of(node);
  };
  const portsOf = (path: string) => entry(checked.nodes, path);
  const hasPort = (key: string) => {
    const { node, port } = readPortKey(key);
    const { inputs = [], outputs = [] } = portsOf(node) ?? {};
    return [...inputs, ...outputs].some(({ name }) => name === port);
  };
  const measures = () =>
    drawings(document)
      .flatMap(({ nodes }) => Object.values(nodes))
      .flatMap((node) => registry.of(node)?.measures ?? []);
  return {
    node: (path) => nodeAt(document, path) !== undefined,
    check: (path) => definitionOf(path)?.category === 'check',
    picture: (path) => definitionOf(path)?.category === 'picture',
    network: (path) => definitionOf(path)?.network !== undefined,
    wire: () => true,
    port: hasPort,
    axis(name) {
      const [key = '', axis] = [name.slice(0, name.lastIndexOf(' ')), name.slice(name.lastIndexOf(' ') + 1)];
      const { node, port } = readPortKey(key);
      const { inputTypes, outputTypes } = portsOf(node) ?? {};
      const type = outputTypes?.[port] ?? inputTypes?.[port];
      // What has no type is told of as it is.
      return type === undefined || type.axes.some((own) => own.name === axis);
    },
    metric(name) {
      // `testLoss` is `loss` on rows that were held back; `loss:b` that of the node b.
      const own = name.replace(/:.*/, '').replace(/^test(.)/, (_, first: string) => first.toLowerCase());
      return measures().includes(own);
    },
    param(name) {
      const [node = '', param = ''] = [
        name.slice(0, name.lastIndexOf(' ')),
        name.slice(name.lastIndexOf(' ') + 1),
      ];
      const shape = definitionOf(node)?.params.shape as object | undefined;
      return shape === undefined || Object.hasOwn(shape, param);
    },
    dim: (name) => Object.hasOwn(document.dims, name),
    type: (type) => registry.find(type) !== undefined,
    code: (code) => Object.hasOwn(codes, code),
    guess: () => false,
  };
}

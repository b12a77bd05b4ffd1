/**
 * The node types that blocks are made of. A block's own definition is read off the document: its ports
 * are the inputs and outputs drawn inside. The compiler replaces the node by what it stands for
 * (compiler/elaborate), so that it never infers or lowers anything itself.
 */
import { z } from 'zod';
import type { Block } from '../../graph-schema/document.ts';
import { text } from '../base/text.ts';
import type { Axis, TensorType } from '../tensor/axis.ts';
import {
  defineNode,
  type InferContext,
  type NodeDefinition,
  type PortContext,
  type PortSpec,
} from './define.ts';
import { size } from './params.ts';
import { unsupported } from './torch.ts';

export const BLOCK = 'block';
export const BLOCK_INPUT = 'block-input';
export const BLOCK_OUTPUT = 'block-output';

const name = z.string().min(1).max(50);

/** Parameters of a node of type `block`. */
export const blockParams = z.object({
  block: z
    .string()
    .min(1)
    .max(200)
    .meta({ label: text('Block', '块') }),
  repeat: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      label: text('Repeat', '重复'),
      doc: text('How many times, each fed by the one before', '重复次数，每次以前一次的结果为输入'),
    }),
  shared: z
    .boolean()
    .default(false)
    .meta({
      label: text('Shared parameters', '共享参数'),
      doc: text('One set of parameters for all repeats', '所有重复共用一组参数'),
    }),
  dims: z
    .record(name, size)
    .default({})
    .meta({
      label: text('Sizes', '大小'),
      doc: text('In place of the block’s own', '代替块自身的大小'),
      widget: 'json',
    }),
  numbers: z
    .record(name, z.number())
    .default({})
    .meta({
      label: text('Numbers', '数值'),
      doc: text('In place of the block’s own', '代替块自身的数值'),
      widget: 'json',
    }),
});

export type BlockParams = z.output<typeof blockParams>;

const replaced = (): never => {
  throw new Error('internal: a block is elaborated before it is checked');
};

/** An export makes a class of a block, and of its ports the arguments and results of that. */
const asItsContents = unsupported(text('a block is written as what is in it', '块按其内容写出'));

const portsOf = (block: Block | undefined, type: string): PortSpec[] =>
  Object.entries(block?.nodes ?? {})
    .filter(([, node]) => node.type === type)
    .map(([name, { label }]) => (label === undefined ? { name } : { name, title: text(label, label) }));

/** The definition of a block by its document; without one, of a use of a block that is not there. */
export function blockDefinition(id: string, block: Block | undefined): NodeDefinition<typeof blockParams> {
  const title = block?.name || id;
  const description = block?.description ?? '';
  return defineNode({
    type: BLOCK,
    category: 'block',
    title: text(title, title),
    doc: text(description, description),
    glyph: '▣',
    params: blockParams,
    inputs: portsOf(block, BLOCK_INPUT),
    outputs: portsOf(block, BLOCK_OUTPUT),
    summary: ({ repeat }) => (repeat === undefined ? '' : `× ${repeat}`),
    infer: replaced,
    lower: replaced,
    torch: asItsContents,
    examples: [],
    preset: { block: id },
  });
}

/** Inside a block: what is wired to the port of its name. */
export const blockInput = defineNode({
  type: BLOCK_INPUT,
  category: 'block',
  title: text('Block input', '块输入'),
  doc: text('What each use of the block is given at this port.', '块的每次使用在此端口所得到的值。'),
  glyph: '▷',
  params: z.object({}),
  inputs: [],
  outputs: [{ name: 'out' }],
  // What the numbers are is handed on too; of an output that is the very type of an input it would be forgotten.
  infer: ({ inputs }) => ({ out: inputs.in && { ...inputs.in } }),
  lower: ({ inputs }) => ({ out: inputs.in as number }),
  torch: asItsContents,
  transparent: true,
  examples: [],
});

/** Inside a block: what it gives at the port of its name. */
export const blockOutput = defineNode({
  type: BLOCK_OUTPUT,
  category: 'block',
  title: text('Block output', '块输出'),
  doc: text('What each use of the block gives at this port.', '块的每次使用在此端口给出的值。'),
  glyph: '◁',
  params: z.object({}),
  inputs: [{ name: 'x' }],
  outputs: [],
  infer: ({ inputs }) => ({ out: inputs.x && { ...inputs.x } }),
  lower: ({ inputs }) => ({ out: inputs.x as number }),
  torch: asItsContents,
  transparent: true,
  examples: [],
});

/**
 * What the inputs and outputs of a use become in the flat graph: nodes that hand on what they are given.
 * An output of a repeated body must have the type of the input that it becomes in the next iteration.
 */
export const flatPorts = {
  input: { ...blockInput, inputs: [{ name: 'in' }] },
  output: { ...blockOutput, inputs: flatOutputPorts('x'), outputs: [{ name: 'out' }] },
  next: defineNode({
    ...blockOutput,
    inputs: flatOutputPorts('x', 'next'),
    outputs: [{ name: 'out' }],
    infer(context) {
      const { x, next } = context.inputs;
      if (!x || !next) return {};
      const names = (type: TensorType) => type.axes.map(({ name }) => name).join(', ') || '1';
      if (names(x) !== names(next)) {
        context.report('repeat-type', { port: 'x' }, { left: names(x), right: names(next) });
        return {};
      }
      return { out: { ...x, axes: x.axes.map((axis, d) => unifyNext(context, axis, next.axes[d] as Axis)) } };
    },
  }),
};

/** Ports after the named ones only order: no iteration is half done. */
function flatOutputPorts(...names: readonly string[]): (context: PortContext<unknown>) => PortSpec[] {
  return ({ wired }) => [
    ...names.map((name) => ({ name })),
    ...wired.filter((name) => name.startsWith('after ')).map((name) => ({ name, optional: true })),
  ];
}

const unifyNext = ({ unify }: InferContext<unknown>, axis: Axis, next: Axis): Axis =>
  unify(axis, next, { port: 'x', axis: axis.name });

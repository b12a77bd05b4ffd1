/** Contractions by expression: what the node that contracts tensors has in common with one that tells what that costs. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { refuse } from '../base/validate.ts';
import { findPath, printContractionPath, readContractionPath, type SsaPath } from '../contraction/index.ts';
import type { ValueId } from '../ir/program.ts';
import type { Axis, TensorType } from '../tensor/axis.ts';
import { excerpt, isHidden, unhidden, writeEinsum } from '../tensor/einsum.ts';
import { findCrossed } from './crossed-names.ts';
import type { InferContext, LowerContext, NodeNetwork, PortContext, PortSpec } from './define.ts';
import { shapeOf } from './given.ts';
import { stretched, unstretched } from './hidden-axes.ts';
import { operandCount, readIndices } from './indices.ts';
import { meetAxes } from './meeting.ts';
import type { TorchContext } from './torch.ts';
import { torchEinsum } from './torch-einsum.ts';

const maxOperands = 64;

/** a, b, … z, a1, b1, … */
export const operandPort = (k: number) =>
  String.fromCharCode(97 + (k % 26)) + (k < 26 ? '' : String(Math.floor(k / 26)));
const position = (port: string) => port.charCodeAt(0) - 97 + 26 * Number(port.slice(1) || 0);

/** In which order operands are contracted, as somebody chose it. */
export const orderParam = z
  .string()
  .max(10_000)
  .default('')
  .meta({
    label: text('Order', '顺序'),
    doc: text(
      '((a, b), c): pairs to contract first; empty: the best that is found',
      '((a, b), c)：先收缩哪些对；留空则自动寻找最优顺序',
    ),
    widget: 'order',
  });

export const contractionParams = {
  expression: z
    .string()
    .max(100_000)
    .refine(
      (expression) => (operandCount(expression) ?? 0) <= maxOperands,
      refuse(
        text(
          `more than ${maxOperands} operands; contract some of them in a node before`,
          `操作数多于 ${maxOperands} 个；请先在前面的节点中收缩一部分`,
        ),
      ),
    )
    .default('')
    .meta({
      label: text('Expression', '表达式'),
      doc: text(
        'ij,jk->ik or i j, j k -> i k; empty: by index names',
        'ij,jk->ik 或 i j, j k -> i k；留空则按指标名',
      ),
      widget: 'expression',
    }),
  order: orderParam,
};

interface ContractionParams {
  readonly expression: string;
  readonly order: string;
}

/** As many inputs as the expression names; without one, always one more than is wired. */
export function contractionInputs({ params, wired }: PortContext<ContractionParams>): readonly PortSpec[] {
  const last = Math.max(-1, ...wired.map(position).filter((k) => k >= 0 && k < maxOperands));
  const named = operandCount(params.expression);
  const count = named ?? Math.max(2, last + 2);
  return Array.from({ length: Math.min(Math.max(count, last + 1), maxOperands) }, (_, k) => ({
    name: operandPort(k),
    ...(named === undefined && k > 0 && { optional: true }),
  }));
}

/** The type of the result; undefined, with a diagnostic, where there is none. */
export function inferContraction(context: InferContext<ContractionParams>): TensorType | undefined {
  const {
    params: { expression },
    inputs,
    unify,
    report,
  } = context;
  const ports = Object.keys(inputs).sort((a, b) => position(a) - position(b));
  const types = ports.map((port) => inputs[port]?.axes ?? []);
  const read = readIndices(
    expression,
    types.map((axes) => axes.map((a) => a.name)),
  );
  if ('error' in read) {
    report(
      'bad-expression',
      { param: 'expression' },
      { expression: excerpt(expression), detail: read.error },
    );
    return undefined;
  }
  if ('operands' in read) {
    report('operand-count', { param: 'expression' }, { expected: read.operands, actual: ports.length });
    return undefined;
  }
  const { indices } = read;
  const crossed = expression === '' ? undefined : findCrossed(types, indices.inputs);
  if (crossed) {
    const { at, name, other } = crossed;
    const [port, partner] = [ports[at] as string, ports[crossed.from] as string];
    report('names-crossed', { port, axis: other }, { axis: name, other, port, partner });
  }
  const axes = new Map<string, Axis>();
  for (const [k, labels] of indices.inputs.entries())
    for (const [d, label] of labels.entries()) {
      const axis = types[k]?.[d] as Axis;
      const known = axes.get(label);
      const place = { port: ports[k] as string, axis: axis.name };
      // The letters of an expression say what meets; under `...` axes meet by their places alone.
      const met =
        known && isHidden(label)
          ? (stretched(known, axis) ??
            meetAxes(context, { axis: known, axes: [known] }, { axis, axes: types[k] ?? [] }, place.port))
          : known && unify(known, axis, place);
      axes.set(label, met ?? axis);
    }
  // Open indices keep their axes' names where those differ, else they take the expression's.
  const open = indices.output.map((label) => axes.get(label) as Axis);
  const unique = new Set(open.map((a) => a.name)).size === open.length;
  return {
    axes: unique
      ? open
      : open.map((axis, d) => ({ ...axis, name: (indices.output[d] as string).replace('…', 'x') })),
  };
}

/** The contraction itself, along the path of `order` where that names one. */
export function lowerContraction(context: LowerContext<ContractionParams>): ValueId {
  const {
    params: { expression, order },
    inputs,
    inputTypes,
    ir,
  } = context;
  const ports = Object.keys(inputs).sort((a, b) => position(a) - position(b));
  const read = readIndices(
    expression,
    ports.map((port) => inputTypes[port]?.axes.map((a) => a.name) ?? []),
  );
  if (!('indices' in read)) throw new Error('internal: a contraction was lowered that does not check');
  const labels = new Map<string, number>();
  const number = (label: string) => {
    if (!labels.has(label)) labels.set(label, labels.size);
    return labels.get(label) as number;
  };
  const shapes = ports.map((port) => shapeOf(inputTypes[port]));
  const kept = unstretched(read.indices.inputs, shapes);
  const operands = ports.map((port, k) => {
    const [value, shape, axes = []] = [inputs[port] as ValueId, shapes[k] as number[], kept[k]];
    const isWhole = axes.length === shape.length;
    return isWhole
      ? value
      : ir.reshape(
          value,
          axes.map((d) => shape[d] as number),
        );
  });
  const numbered = read.indices.inputs.map((list, k) =>
    (kept[k] ?? []).map((d) => number(list[d] as string)),
  );
  const path = readContractionPath(order, ports);
  return ir.contract(operands, numbered, read.indices.output.map(number), { path });
}

/** The same in PyTorch, along the path of `order`, else the best that is found. */
export function torchContraction(context: TorchContext<ContractionParams>): string {
  const { params, inputs, inputTypes } = context;
  const ports = Object.keys(inputTypes).sort((a, b) => position(a) - position(b));
  const read = readIndices(
    params.expression,
    ports.map((port) => inputTypes[port]?.axes.map((a) => a.name) ?? []),
  );
  if (!('indices' in read)) throw new Error('internal: a contraction was exported that does not check');
  const { inputs: labels, output } = read.indices;
  const shapes = ports.map((port) => shapeOf(inputTypes[port]));
  const kept = unstretched(labels, shapes);
  const sizes = new Map<string, number>();
  const operands = ports.map((name, k) => {
    const places = kept[k] ?? [];
    const own = places.map((d) => labels[k]?.[d] as string);
    for (const [i, label] of own.entries()) sizes.set(label, shapes[k]?.[places[i] as number] as number);
    const left = (shapes[k] ?? []).flatMap((_, d) => (places.includes(d) ? [] : [`.squeeze(${d})`]));
    const code = inputs[name] as string;
    const [, called = name] = /^(?:self\.)?(\w+)$/.exec(code) ?? [];
    return { code: `${code}${left.reverse().join('')}`, labels: own, name: called };
  });
  const all = [...sizes.keys()];
  const numbered = (list: readonly string[]) => list.map((label) => all.indexOf(label));
  const network = {
    inputs: operands.map((operand) => numbered(operand.labels)),
    output: numbered(output),
    sizes: [...sizes.values()],
  };
  const path =
    operands.length < 3 ? [] : (readContractionPath(params.order, ports) ?? findPath(network).path);
  return torchEinsum(context, operands, output, path);
}

/** The network of tensors that it is. */
export function networkOfContraction(
  { expression, order }: ContractionParams,
  inputs: Readonly<Record<string, readonly string[]>>,
): NodeNetwork | undefined {
  const ports = Object.keys(inputs).sort((a, b) => position(a) - position(b));
  const read = readIndices(
    expression,
    ports.map((port) => inputs[port] ?? []),
  );
  if (!('indices' in read)) return undefined;
  const keep = (path: SsaPath | undefined) => ({ order: path ? printContractionPath(path, ports) : '' });
  const write: NodeNetwork['write'] = (operands, output) => ({
    expression: writeEinsum(unhidden({ inputs: operands, output })),
  });
  return { ports, ...read.indices, path: readContractionPath(order, ports), keep, write };
}

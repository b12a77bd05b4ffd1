/** An equation such as `ab,bc,cd,da->`, drawn: a tensor for each operand, and the contraction that they are wired into. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseEinsum, writeEinsum } from '../tensor/einsum.ts';
import { operandPort } from './contractions.ts';
import { newLabels } from './new-labels.ts';
import { contract } from './nodes/contract.ts';
import { tensor } from './nodes/tensor.ts';

type DrawnEquation = Pick<GraphDocument, 'nodes' | 'edges' | 'layout' | 'blocks'>;

const [rowHeight, columnWidth] = [110, 280];
/** Small sizes that differ, so that no two indices are taken for each other. */
const sizeOf = (k: number) => 2 + (k % 4);
const mostOperands = 32;

/** The equation that is written, as Contract writes it; undefined where it is none, or has `...`, whose axes are not known. */
export function equationIn(written: string): string | undefined {
  if (!/->|→/.test(written)) return undefined;
  const read = parseEinsum(written);
  if (!('einsum' in read) || read.einsum.output === undefined) return undefined;
  const { inputs } = read.einsum;
  const names = inputs.flat();
  if (names.length === 0 || names.includes('...') || inputs.length > mostOperands) return undefined;
  return read.einsum.output.every((name) => names.includes(name)) ? writeEinsum(read.einsum) : undefined;
}

/** Its nodes and wires. `labels`: those that the tensors must not have. */
export function drawnEquation(equation: string, labels: Iterable<string>): DrawnEquation {
  const read = parseEinsum(equation);
  const inputs = 'einsum' in read ? read.einsum.inputs : [];
  const indices = [...new Set(inputs.flat())];
  const next = newLabels(labels);
  const drawing: DrawnEquation = { nodes: {}, edges: {}, layout: { nodes: {} }, blocks: {} };
  for (const [k, own] of inputs.entries()) {
    const id = `tensor${k + 1}`;
    const axes = [...new Set(own)].length === own.length ? own : own.map((name, d) => `${name}${d + 1}`);
    drawing.nodes[id] = {
      type: tensor.type,
      params: {
        axes: axes.map((name, d) => ({ name, size: sizeOf(indices.indexOf(own[d] ?? '')) })),
        fill: 'normal',
      },
      label: next('A'),
    };
    drawing.layout.nodes[id] = { x: 0, y: k * rowHeight };
    drawing.edges[`wire${k + 1}`] = {
      from: { node: id, port: 'out' },
      to: { node: contract.type, port: operandPort(k) },
    };
  }
  drawing.nodes[contract.type] = { type: contract.type, params: { expression: equation } };
  drawing.layout.nodes[contract.type] = {
    x: columnWidth,
    y: ((inputs.length - 1) * rowHeight) / 2,
  };
  return drawing;
}

/**
 * Version 3 gives parameters another meaning where something is left out of them. What was meant in version 2
 * is written out here, so that nothing that a document computes moves:
 *
 *     { "type": "tensor", "params": { "fill": "normal" } }         the numbers of seed 1
 *     { "type": "tensor", "params": { "fill": "normal", "seed": 1 } } the same in version 3, where a node without
 *                                                                   a seed has numbers of its own
 *     { "type": "contract", "params": { "expression": "ba" } }     the output in order of appearance: ba
 *     { "type": "contract", "params": { "expression": "ba->ba" } } the same in version 3, where "ba" means ba->ab
 */
import type { Outcome } from '../../src/base/diagnostic.ts';
import type { Migration } from './migration.ts';

type Members = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRandom = (fill: unknown): boolean => fill === 'normal' || fill === 'uniform';

/** By node type: the parameters with what was meant written out. */
const writers = new Map<unknown, (params: Members) => Members>([
  [
    'tensor',
    (params) => (isRandom(params.fill) && params.seed === undefined ? { ...params, seed: 1 } : params),
  ],
  [
    'contract',
    (params) =>
      typeof params.expression === 'string'
        ? { ...params, expression: withOutput(params.expression) }
        : params,
  ],
]);

const compactIndex = /\.\.\.|…|\p{L}[\p{N}'′]*/gu;
const spacedIndex = /^(\.\.\.|…|[\p{L}_][\p{L}\p{N}_'′]*)$/u;

/**
 * An expression without an arrow gets the output that version 2 read into it: the indices that stand once,
 * and `...`, in order of appearance. What version 2 could not read stays as it is.
 */
function withOutput(expression: string): string {
  if (expression.trim() === '' || /->|→/.test(expression)) return expression;
  const operands = expression.split(/[,，]/).map((operand) => operand.trim());
  const isSpaced = operands.some((operand) => /\s/.test(operand));
  const isReadable = operands.every((operand) =>
    isSpaced
      ? operand.split(/\s+/).every((index) => index === '' || spacedIndex.test(index))
      : operand.replace(compactIndex, '').trim() === '',
  );
  if (!isReadable) return expression;
  const indices = operands
    .flatMap((operand) => (isSpaced ? operand.split(/\s+/) : (operand.match(compactIndex) ?? [])))
    .filter((index) => index !== '')
    .map((index) => (index === '…' ? '...' : index));
  const open = [...new Set(indices)].filter(
    (index) => index === '...' || indices.indexOf(index) === indices.lastIndexOf(index),
  );
  return isSpaced
    ? `${expression.trim()} -> ${open.join(' ')}`.trim()
    : `${expression.trim()}->${open.join('')}`;
}

/** A node with its parameters written out; the same object where nothing was to be done. */
function nodeOf(node: unknown): unknown {
  if (!isRecord(node)) return node;
  const write = writers.get(node.type);
  const { params = {} } = node;
  return write && isRecord(params) ? { ...node, params: write(params) } : node;
}

/** A drawing, the document's own or a block's. What is no record is told by the validation. */
function drawingOf(drawing: unknown): unknown {
  if (!isRecord(drawing) || !isRecord(drawing.nodes)) return drawing;
  return { ...drawing, nodes: mapped(drawing.nodes, nodeOf) };
}

const mapped = (record: Members, f: (member: unknown) => unknown): Members =>
  Object.fromEntries(Object.entries(record).map(([key, member]) => [key, f(member)]));

export const writtenDefaults: Migration = {
  from: 2,
  to: 3,
  name: 'written-defaults',
  up(json): Outcome<unknown> {
    const document = drawingOf(json) as Members;
    const { blocks } = document;
    const value = {
      ...document,
      version: 3,
      ...(isRecord(blocks) && { blocks: mapped(blocks, drawingOf) }),
    };
    return { value, diagnostics: [] };
  },
};

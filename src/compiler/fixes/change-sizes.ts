/** Remedies by another number: a size where it was written down becomes what the other side says. */
import type { Json } from '../../base/edit.ts';
import { fill, type Text, text } from '../../base/text.ts';
import { fieldsOf } from '../../catalogue/fields.ts';
import { registryOf } from '../../catalogue/index.ts';
import { multiplesAround } from '../../tensor/divisors.ts';
import { nameOf } from '../check/resolve.ts';
import { type FixCandidate, type FixContext, faultyNode, suspects } from './fix-context.ts';

/** A number inside a node's parameters, and the parameters with another in its place. */
interface Written {
  readonly node: string;
  readonly key: string;
  readonly size: number;
  /** The index it is the size of, where the list it stands in says so. */
  readonly axis: string | undefined;
  with(size: number): Json;
}

const titles = {
  field: text('Set {field} of {node} to {to} (now {from})', '把{node}的{field}设为 {to}（现为 {from}）'),
  axis: text('Set {axis} of {node} to {to} (now {from})', '把{node}的 {axis} 设为 {to}（现为 {from}）'),
  open: text('Set {field} of {node} to {to}', '把{node}的{field}设为 {to}'),
  dim: text('Set {axis} to {to} in the whole graph (now {from})', '把全图的 {axis} 设为 {to}（现为 {from}）'),
};

function writtenSizes({ graph }: FixContext, node: string): Written[] {
  const found: Written[] = [];
  for (const [key, value] of Object.entries(graph.nodes[node]?.params ?? {})) {
    if (typeof value === 'number') found.push({ node, key, size: value, axis: undefined, with: (n) => n });
    if (!Array.isArray(value)) continue;
    for (const [i, item] of value.entries()) {
      if (typeof item !== 'object' || item === null || typeof item.size !== 'number') continue;
      found.push({
        node,
        key,
        size: item.size,
        axis: String(item.name),
        with: (size) => value.map((other, j) => (j === i ? { ...other, size } : other)),
      });
    }
  }
  return found;
}

function fieldName(context: FixContext, { node, key }: Written): Text {
  const { document, graph } = context;
  const definition = graph.nodes[node] && registryOf(document).of(graph.nodes[node]);
  return (definition && fieldsOf(definition).find((f) => f.key === key)?.label) ?? text(key, key);
}

/** Sizes that meet at the faulty node, by number. */
function sizesThere(context: FixContext): Set<number> {
  const node = faultyNode(context);
  const types = node === undefined ? [] : Object.values(context.checked.nodes[node]?.inputTypes ?? {});
  const shown = types.flatMap(({ axes }) => axes);
  const { left, right, rows, size } = context.diagnostic.values ?? {};
  const mentioned = [left, right, rows, size].flatMap((size) =>
    /^\d+$/.test(String(size)) ? [Number(size)] : [],
  );
  return new Set([
    ...mentioned,
    ...shown.flatMap(({ size, written }) => (size === undefined || /\D/.test(written) ? [] : [size])),
  ]);
}

export function* changeSizes(context: FixContext): Generator<FixCandidate> {
  const { document, diagnostic } = context;
  const node = faultyNode(context);
  if (node === undefined) return;
  const there = sizesThere(context);
  const written = suspects(context, node).flatMap((id) => writtenSizes(context, id));
  for (const to of targets(there, written, diagnostic)) {
    for (const w of written) {
      const tooLarge = diagnostic.code === 'size-invalid' && w.size > to;
      if (w.size === to || !(there.has(w.size) || isBad(w.size) || tooLarge)) continue;
      const values = { node: nameOf(document, w.node), field: fieldName(context, w), from: w.size, to };
      const title =
        w.axis === undefined ? fill(titles.field, values) : fill(titles.axis, { ...values, axis: w.axis });
      yield {
        kind: 'size',
        edits: [{ edit: 'setParam', node: w.node, key: w.key, value: w.with(to) }],
        title: () => title,
      };
    }
    for (const [name, dim] of Object.entries(document.dims)) {
      const from = typeof dim === 'number' ? dim : dim.size;
      if (from === to) continue;
      const title = fill(titles.dim, { axis: name, to, from: from ?? '?' });
      yield { kind: 'dim', edits: [{ edit: 'setDim', name, size: to }], title: () => title };
    }
  }
}

/** A size that may be left to the wires, and that no wire tells, is written down. */
export function* giveSizes(context: FixContext): Generator<FixCandidate> {
  const { document, graph, diagnostic } = context;
  const { node } = diagnostic;
  const open = graph.nodes[node ?? ''];
  const definition = open && registryOf(document).of(open);
  if (diagnostic.code !== 'size-open' || node === undefined || !definition) return;
  for (const { key, kind, label } of fieldsOf(definition)) {
    if (kind !== 'size' || open.params[key] !== undefined) continue;
    const title = fill(titles.open, { field: label, node: nameOf(document, node), to: usualSize });
    yield {
      kind: 'size',
      edits: [{ edit: 'setParam', node, key, value: usualSize }],
      title: () => title,
    };
  }
}

const usualSize = 32;
const isBad = (size: number): boolean => !Number.isSafeInteger(size) || size < 1;

/** The numbers to try: those that the other wires bring; for a size that is none, 1; for an open one, what stands about. */
function targets(
  there: ReadonlySet<number>,
  written: readonly Written[],
  { code, values = {} }: FixContext['diagnostic'],
): number[] {
  const { classes, size, factor } = values;
  if (code === 'not-a-multiple')
    return typeof size === 'number' && typeof factor === 'number'
      ? [...multiplesAround(size, factor)].reverse()
      : [];
  // A window larger than what it slides over becomes as large; a size of 0 becomes 1.
  if (code === 'size-invalid') return [...[...there].sort((a, b) => b - a), 1];
  if (code === 'class-count' || code === 'too-few-rows') return typeof classes === 'number' ? [classes] : [];
  if (code === 'size-open') return [...new Set([...written.map((w) => w.size), usualSize])].slice(0, 3);
  return [...there].slice(0, 6);
}

/**
 * The first look at a document that nobody has vetted: is it JSON at all, and is it small enough to be
 * walked by code that recurses? This walk keeps its own stack and stops at the first limit it meets.
 */
import { type Diagnostic, diagnose } from '../src/base/diagnostic.ts';
import { text } from '../src/base/text.ts';
import { limits } from './document.ts';
import { type Path, place, showPath } from './path.ts';

/** Keys by which assigning to a plain object reaches the objects of everybody else. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Values in the whole document. JSON needs two bytes for each; an object from memory may hold one value many times. */
const MAX_VALUES = limits.bytes / 2;

/** Diagnostics of one kind are for a person to read: more than this many help nobody. */
export const MAX_DIAGNOSTICS = 50;

const counted = [
  { key: 'nodes', limit: limits.nodes, what: text('number of nodes', '节点数量') },
  { key: 'edges', limit: limits.edges, what: text('number of wires', '连线数量') },
] as const;

export const what = {
  bytes: text('size in bytes', '字节数'),
  depth: text('nesting depth', '嵌套深度'),
  values: text('number of values', '数值总数'),
  array: text('array length', '数组长度'),
  string: text('text length', '文本长度'),
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

/** Whatever keeps a value from being a bounded JSON document; an empty list when nothing does. */
export function checkBounds(document: unknown): Diagnostic[] {
  const found: Diagnostic[] = [];
  const stack: { value: unknown; path: Path }[] = [{ value: document, path: [] }];
  let values = 0;
  const tooLarge = (path: Path, size: (typeof what)[keyof typeof what], actual: number, limit: number) =>
    found.push(
      diagnose('document-too-large', place(path), { at: showPath(path), what: size, actual, limit }),
    );
  const notJson = (path: Path, value: unknown) =>
    found.push(
      diagnose('document-shape', place(path), {
        at: showPath(path),
        detail: text(`${nameOf(value)} is not a JSON value`, `${nameOf(value)} 不是 JSON 值`),
      }),
    );

  while (stack.length > 0 && found.length < MAX_DIAGNOSTICS) {
    const { value, path } = stack.pop() as { value: unknown; path: Path };
    if (++values > MAX_VALUES) {
      tooLarge([], what.values, values, MAX_VALUES);
      break;
    }
    if (value === null || typeof value === 'boolean') continue;
    if (typeof value === 'string') {
      if (value.length > limits.stringLength) tooLarge(path, what.string, value.length, limits.stringLength);
      continue;
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) notJson(path, value);
      continue;
    }
    if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value))) {
      notJson(path, value);
      continue;
    }
    if (path.length >= limits.depth) {
      tooLarge(path.slice(0, 8), what.depth, path.length + 1, limits.depth);
      break;
    }
    if (Array.isArray(value)) {
      if (value.length > limits.arrayLength) tooLarge(path, what.array, value.length, limits.arrayLength);
      else for (let i = value.length - 1; i >= 0; i--) stack.push({ value: value[i], path: [...path, i] });
      continue;
    }
    for (const [key, member] of Object.entries(value).reverse()) {
      const inside = [...path, key];
      if (forbidden.has(key)) {
        found.push(diagnose('forbidden-key', place(inside), { at: showPath(path), key }));
      } else if (key.length > limits.stringLength) {
        tooLarge(path, what.string, key.length, limits.stringLength);
      } else if (member !== undefined) {
        // A member that is undefined is one that is absent: an object from memory may have it.
        stack.push({ value: member, path: inside });
      }
    }
  }
  return found.length > 0 ? found : checkCounts(document);
}

function checkCounts(document: unknown): Diagnostic[] {
  if (typeof document !== 'object' || document === null) return [];
  return counted.flatMap(({ key, limit, what }) => {
    const members: unknown = (document as Record<string, unknown>)[key];
    const actual = typeof members === 'object' && members !== null ? Object.keys(members).length : 0;
    return actual > limit
      ? [diagnose('document-too-large', place([key]), { at: key, what, actual, limit })]
      : [];
  });
}

function nameOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.prototype.toString.call(value).slice(8, -1);
}

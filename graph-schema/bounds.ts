/**
 * The first look at a document that nobody has vetted: is it JSON at all, and is it small enough to be
 * walked by code that recurses? This walk keeps its own stack and stops at the first limit it meets.
 */
import { type Diagnostic, diagnose } from '../src/base/diagnostic.ts';
import { type Text, text } from '../src/base/text.ts';
import { limits } from './document.ts';
import { type JsonPath, place, showJsonPath } from './json-path.ts';

/** Keys by which assigning to a plain object reaches the objects of everybody else: no record may have them. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Values in the whole document. JSON needs two bytes for each; an object from memory may hold one value many times. */
const MAX_VALUES = limits.bytes / 2;

/** Diagnostics of one kind are for a person to read: more than this many help nobody. */
export const MAX_DIAGNOSTICS = 50;

const counted = [
  { key: 'nodes', limit: limits.nodes, what: text('number of nodes', '节点数量') },
  { key: 'edges', limit: limits.edges, what: text('number of wires', '连线数量') },
] as const;

const blocksCounted = text('number of blocks', '块的数量');

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
  const found = checkValue(document);
  return found.length > 0 ? found : checkCounts(document);
}

/** The same of a value that stands in a document at a path, but for how many nodes there are. */
export function checkValue(whole: unknown, at: JsonPath = []): Diagnostic[] {
  const found: Diagnostic[] = [];
  const stack: { value: unknown; path: JsonPath }[] = [{ value: whole, path: at }];
  let values = 0;
  const tooLarge = (path: JsonPath, size: (typeof what)[keyof typeof what], actual: number, limit: number) =>
    found.push(
      diagnose('document-too-large', place(path), { at: showJsonPath(path), what: size, actual, limit }),
    );
  const notJson = (path: JsonPath, value: unknown) =>
    found.push(
      diagnose('document-shape', place(path), {
        at: showJsonPath(path),
        detail: text(`${nameOf(value)} is not a JSON value`, `${nameOf(value)} 不是 JSON 值`),
      }),
    );

  while (stack.length > 0 && found.length < MAX_DIAGNOSTICS) {
    const { value, path } = stack.pop() as { value: unknown; path: JsonPath };
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
      else {
        // A tensor's numbers are looked at without a place for each.
        values += value.length;
        for (let i = value.length - 1; i >= 0; i--)
          if (!Number.isFinite(value[i])) stack.push({ value: value[i], path: [...path, i] });
      }
      continue;
    }
    for (const [key, member] of Object.entries(value).reverse()) {
      const inside = [...path, key];
      if (forbiddenKeys.has(key)) {
        found.push(diagnose('forbidden-key', place(inside), { at: showJsonPath(path), key }));
      } else if (key.length > limits.stringLength) {
        tooLarge(path, what.string, key.length, limits.stringLength);
      } else if (member !== undefined) {
        // A member that is undefined is one that is absent: an object from memory may have it.
        stack.push({ value: member, path: inside });
      }
    }
  }
  return found;
}

/** Nodes and wires are counted over the document and its blocks: a block is drawn with as much care. */
export function checkCounts(document: unknown): Diagnostic[] {
  const found: Diagnostic[] = [];
  const tooMany = (key: string, what: Text, actual: number, limit: number) => {
    if (actual > limit)
      found.push(diagnose('document-too-large', place([key]), { at: key, what, actual, limit }));
  };
  // What versions before 2 held under `blocks` was no drawing.
  const version = memberOf(document, 'version');
  const blocks = version === 0 || version === 1 ? undefined : memberOf(document, 'blocks');
  const levels = [document, ...(isRecord(blocks) ? Object.values(blocks) : [])];
  tooMany('blocks', blocksCounted, levels.length - 1, limits.blocks);
  for (const { key, limit, what } of counted) {
    const count = (level: unknown) => {
      const members = memberOf(level, key);
      return typeof members === 'object' && members !== null ? Object.keys(members).length : 0;
    };
    tooMany(
      key,
      what,
      levels.reduce<number>((sum, level) => sum + count(level), 0),
      limit,
    );
  }
  return found;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const memberOf = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

function nameOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.prototype.toString.call(value).slice(8, -1);
}

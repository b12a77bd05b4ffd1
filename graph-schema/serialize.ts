/**
 * A document as text. Keys that the schema knows come in the schema's order, all others in their own,
 * so that the same document gives the same text; what fits on a line stands on one, so that a wire is
 * a line in a diff.
 */
import { z } from 'zod';
import { documentSchema, type GraphDocument } from './document.ts';

const WIDTH = 100;

/** JSON with two spaces of indent and a newline at the end. `parseGraph` gives back an equal document. */
export function serialize(document: GraphDocument): string {
  return `${print(inOrder(documentSchema, document), '')}\n`;
}

/** The same value, its keys in the schema's order. Nothing is validated: an editor's document is sound. */
function inOrder(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return inOrder(schema.unwrap(), value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (schema instanceof z.ZodUnion)
    return inOrder(
      schema.options.find((o) => o instanceof z.ZodObject),
      value,
    );
  if (schema instanceof z.ZodRecord) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, inOrder(schema.valueType, member)]),
    );
  }
  if (!(schema instanceof z.ZodObject)) return value;
  const known = Object.keys(schema.shape).filter((key) => Object.hasOwn(value, key));
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(schema.shape, key));
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...known, ...unknown].map((key) => [key, inOrder(schema.shape[key], members[key])]),
  );
}

/** Members as JSON has them: what is undefined is absent. */
const members = (value: object) => Object.entries(value).filter(([, member]) => member !== undefined);

function print(value: unknown, indent: string): string {
  const flat = onOneLine(value, WIDTH - indent.length);
  if (flat !== undefined) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => print(item, inner));
    return value.every(isScalar)
      ? `[\n${fillLines(items, inner)}\n${indent}]`
      : list('[', items, ']', indent);
  }
  const lines = members(value as object).map(
    ([key, member]) => `${JSON.stringify(key)}: ${print(member, inner)}`,
  );
  return list('{', lines, '}', indent);
}

const list = (open: string, items: readonly string[], close: string, indent: string): string =>
  `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`;

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

// JSON.stringify drops the sign of −0, which a tensor's values may hold.
const scalar = (value: unknown): string => (Object.is(value, -0) ? '-0' : JSON.stringify(value));

/** The value on one line, or undefined as soon as that takes more than `room` characters. Scalars always fit. */
function onOneLine(value: unknown, room: number): string | undefined {
  if (isScalar(value)) return scalar(value);
  const array = Array.isArray(value);
  const entries: readonly (readonly [unknown, unknown])[] = array
    ? value.map((item) => ['', item] as const)
    : members(value as object);
  if (entries.length === 0) return array ? '[]' : '{}';
  let line = array ? '[' : '{ ';
  for (const [i, [key, member]] of entries.entries()) {
    if (i > 0) line += ', ';
    if (!array) line += `${JSON.stringify(key)}: `;
    const part = onOneLine(member, room - line.length);
    if (part === undefined || line.length + part.length > room) return undefined;
    line += part;
  }
  line += array ? ']' : ' }';
  return line.length <= room ? line : undefined;
}

/** Numbers of a large tensor: as many to a line as fit. */
function fillLines(items: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && indent.length + line.length + item.length + 3 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${item},`;
  }
  lines.push(line.slice(0, -1));
  return lines.map((text) => indent + text).join('\n');
}

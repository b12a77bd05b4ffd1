/**
 * From what is typed into a field to a value of its parameter, and back, by the kind of field. The
 * parameter's own zod schema has the last word.
 */
import { fill } from '../../base/text.ts';
import { validate } from '../../base/validate.ts';
import type { Field } from '../../catalogue/fields.ts';
import { formatAxes, parseAxes, type WrittenAxis } from '../../tensor/axes-text.ts';
import { parseSize } from '../../tensor/size-parser.ts';
import { inspector } from '../strings/inspector.ts';
import type { DraftReading } from './DraftInput.tsx';
import { parseNumbers } from './parse-numbers.ts';
import { parseOrder } from './parse-order.ts';
import { parseWrittenSize } from './parse-sizes.ts';

interface Notation {
  parse(text: string): DraftReading;
  format(value: unknown): string;
}

/** A number of the block, `{ "number": "p" }`, is written as its name. */
function plain(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'number' in value) return String(value.number);
  return value === undefined ? '' : String(value);
}

export function parseNumber(text: string): DraftReading {
  const written = text.trim().replace('−', '-');
  if (written === '') return { problem: inspector.needed };
  const [, whole, part] = /^([-+]?\d+),(\d+)$/.exec(written) ?? [];
  // 1,000 could be a thousand; 0,001 could not.
  if (part?.length === 3 && whole !== undefined && !/^[-+]?0+$/.test(whole)) {
    const values = { token: written, plain: `${whole}${part}`, point: `${whole}.${part}` };
    return { problem: fill(inspector.thousands, values) };
  }
  const value = Number(part === undefined ? written : `${whole}.${part}`);
  return Number.isFinite(value) ? { value } : { problem: inspector.notNumber };
}

function parseAxisList(text: string): DraftReading {
  const read = parseAxes(text);
  if ('error' in read) return { problem: fill(inspector.badAxes, { detail: read.error }) };
  const bad = read.axes.find(({ size }) => typeof size === 'string' && 'error' in parseSize(size));
  return bad ? { problem: fill(inspector.badSize, { size: bad.size }) } : { value: [...read.axes] };
}

/** A number for every axis, numbers for each with × or blanks between them, or a word. */
function parsePerAxis(text: string): DraftReading {
  const written = text.trim();
  if (/^[a-z]+$/i.test(written)) return { value: written.toLowerCase() };
  const values: unknown[] = [];
  for (const part of written.split(/\s*[×xX*,，;]\s*|\s+/)) {
    const read = parseNumber(part);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  return { value: values.length === 1 ? values[0] : values };
}

const formatPerAxis = (value: unknown): string =>
  Array.isArray(value) ? value.map(plain).join(' × ') : plain(value);

const notations: Readonly<Record<string, Notation>> = {
  number: { parse: parseNumber, format: plain },
  integer: { parse: parseNumber, format: plain },
  size: { parse: parseWrittenSize, format: plain },
  text: { parse: (text) => ({ value: text }), format: plain },
  axes: {
    parse: parseAxisList,
    format: (value) => formatAxes((value ?? []) as readonly WrittenAxis[]),
  },
  names: {
    parse: (text) => ({ value: text.split(/[\s,，]+/).filter(Boolean) }),
    format: (value) => ((value ?? []) as readonly string[]).join(' '),
  },
  'per-axis': { parse: parsePerAxis, format: formatPerAxis },
  json: {
    parse(text) {
      try {
        return { value: JSON.parse(text) };
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { problem: fill(inspector.badJson, { detail }) };
      }
    },
    format: (value) => JSON.stringify(value ?? null, null, 2),
  },
};

const notationOf = (field: Field): Notation =>
  notations[field.widget ?? ''] ?? notations[field.kind] ?? (notations.json as Notation);

export const formatField = (field: Field, value: unknown): string => notationOf(field).format(value);

export interface FieldContext {
  /** Names of numbers that a parameter may take instead, those of the block around. */
  readonly numbers?: readonly string[];
  /** How many elements the tensor has whose values these are. */
  readonly needed?: number | undefined;
  /** The names of a contraction's operands. */
  readonly operands?: readonly string[];
}

function parsed(field: Field, text: string, { needed, operands = [] }: FieldContext): DraftReading {
  if (field.widget === 'order') return parseOrder(text, operands);
  if (field.widget !== 'values') return notationOf(field).parse(text);
  const read = parseNumbers(text, needed);
  return 'problem' in read ? read : { value: read.values };
}

export function parseField(field: Field, text: string, context: FieldContext = {}): DraftReading {
  const { numbers = [] } = context;
  const name = text.trim();
  const mayBeNumber = field.kind === 'number' || field.kind === 'integer' || field.widget === 'per-axis';
  if (mayBeNumber && numbers.includes(name)) return { value: { number: name } };
  if (field.optional && text.trim() === '') return { value: undefined };
  const read = parsed(field, text, context);
  if ('problem' in read) return read;
  const checked = validate(field.schema, read.value);
  return 'faults' in checked ? { problem: checked.faults[0].detail } : read;
}

/** Checks a value against a zod schema, and says in every language what is wrong with it. */
import type { z } from 'zod';
import { joinNames, type Text, text } from './text.ts';

/** One thing that is wrong with a value, and where in it. The sentence has no full stop: it stands inside another. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly detail: Text;
}

export type Validation<T> = { readonly value: T } | { readonly faults: readonly [Fault, ...Fault[]] };

/** The value as the schema's output, or everything that keeps it from being one. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): Validation<z.output<S>> {
  // zod leaves the value out of what it reports unless it is told otherwise; the sentences name it.
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data };
  const [first, ...others] = result.error.issues.map((issue) => ({
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    detail: sentence(issue),
  }));
  return { faults: [first as Fault, ...others] };
}

/** For a schema's `refine`: a condition that is not met is told in these words. */
export const refuse = (words: Text) => ({ message: words.en, params: { words } });

/** What zod found, in words. The issue must hold its input (`reportInput`). */
function sentence(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'invalid_value': {
      const values = issue.values.map((value) => JSON.stringify(value) ?? String(value));
      return values.length === 1
        ? text(`expected ${values[0]}`, `应为 ${values[0]}`)
        : text(`expected one of ${values.join(', ')}`, `应为以下之一：${values.join('、')}`);
    }
    case 'too_small':
      return bound(
        issue.origin,
        issue.minimum,
        issue.exact ? 'exactly' : issue.inclusive ? 'least' : 'above',
      );
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.exact ? 'exactly' : issue.inclusive ? 'most' : 'below');
    case 'invalid_format':
      return wrongFormat(issue);
    case 'not_multiple_of':
      return text(`must be a multiple of ${issue.divisor}`, `必须是 ${issue.divisor} 的倍数`);
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `"${key}"`);
      return text(`unknown: ${keys.join(', ')}`, `未知：${keys.join('、')}`);
    }
    case 'invalid_union':
      return noneFits(issue);
    case 'invalid_key':
    case 'invalid_element': {
      const [first] = issue.issues;
      return first ? sentence(first) : invalid;
    }
    case 'custom':
      return (issue.params?.words as Text | undefined) ?? text(issue.message, issue.message);
    default:
      return invalid;
  }
}

const invalid = text('is not valid', '无效');

/** Names of JSON's types, and of what is none of them. */
const typeNames: Readonly<Record<string, Text>> = {
  array: text('array', '数组'),
  boolean: text('boolean', '布尔值'),
  int: text('whole number', '整数'),
  null: text('null', 'null'),
  number: text('number', '数'),
  object: text('object', '对象'),
  record: text('object', '对象'),
  string: text('string', '字符串'),
  undefined: text('nothing', '无值'),
};
const typeName = (name: string): Text => typeNames[name] ?? text(name, name);

function wrongType({ expected, input }: z.core.$ZodIssueInvalidType): Text {
  const wanted = typeName(expected);
  if (input === undefined) return text(`is missing; expected ${wanted.en}`, `缺失；应为${spaced(wanted.zh)}`);
  const found = typeof input === 'number' ? text(String(input), String(input)) : typeName(kindOf(input));
  return text(
    `expected ${wanted.en}, found ${found.en}`,
    `应为${spaced(wanted.zh)}，实际为${spaced(found.zh)}`,
  );
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** Latin letters and digits among Chinese words stand between spaces. */
const spaced = (words: string): string => (/^[\p{Script=Han}]/u.test(words) ? words : ` ${words}`);

type Relation = 'least' | 'above' | 'most' | 'below' | 'exactly';

const relations: Readonly<Record<Relation, Text>> = {
  least: text('at least', '至少'),
  above: text('more than', '多于'),
  most: text('at most', '至多'),
  below: text('fewer than', '少于'),
  exactly: text('exactly', '恰好'),
};
const numberRelations: Readonly<Record<Relation, Text>> = {
  least: text('at least', '不小于'),
  above: text('greater than', '大于'),
  most: text('at most', '不大于'),
  below: text('less than', '小于'),
  exactly: text('exactly', '等于'),
};

/** What a size counts; numbers are bounded by their value. */
const counted: Readonly<
  Record<string, { readonly one: string; readonly many: string; readonly zh: string }>
> = {
  string: { one: 'character', many: 'characters', zh: '个字符' },
  array: { one: 'element', many: 'elements', zh: '个元素' },
  set: { one: 'element', many: 'elements', zh: '个元素' },
  map: { one: 'entry', many: 'entries', zh: '个条目' },
  record: { one: 'entry', many: 'entries', zh: '个条目' },
  object: { one: 'entry', many: 'entries', zh: '个条目' },
};

function bound(origin: string, limit: number | bigint, relation: Relation): Text {
  const unit = counted[origin];
  if (!unit) {
    const { en, zh } = numberRelations[relation];
    return text(`must be ${en} ${limit}`, `必须${zh} ${limit}`);
  }
  const { en, zh } = relations[relation];
  const units = limit === 1 ? unit.one : unit.many;
  return text(`must have ${en} ${limit} ${units}`, `必须${zh}有 ${limit} ${unit.zh}`);
}

const mostShown = 60;

function wrongFormat({ format, pattern, input }: z.core.$ZodIssueInvalidStringFormat): Text {
  const shown = JSON.stringify(String(input ?? '').slice(0, mostShown));
  return pattern === undefined
    ? text(`${shown} has not the format ${format}`, `${shown} 不符合 ${format} 格式`)
    : text(`${shown} does not match the pattern ${pattern}`, `${shown} 不符合模式 ${pattern}`);
}

/** No branch of a union fits: tells what each would have liked, the same once. */
function noneFits(issue: z.core.$ZodIssueInvalidUnion): Text {
  const branches = issue.errors.flatMap(([first]) => (first ? [sentence(first)] : []));
  const distinct = branches.filter((a, i) => branches.findIndex((b) => b.en === a.en) === i);
  if (distinct.length === 0) return invalid;
  return { en: distinct.map((d) => d.en).join('; or '), zh: distinct.map((d) => d.zh).join('；或') };
}

/** All faults in one sentence: `noise: must be at least 0, samples: is missing`. */
export const describeFaults = (faults: readonly Fault[]): Text =>
  joinNames(
    faults.map(({ path, detail }) =>
      path.length === 0 ? detail : text(`${path.join('.')}: ${detail.en}`, `${path.join('.')}：${detail.zh}`),
    ),
  );

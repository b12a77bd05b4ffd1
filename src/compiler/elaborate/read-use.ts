/** Reads a node of type block: which block it uses and how, or why it cannot be replaced by what is inside. */
import type { Block, GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import type { PathText } from '../../base/path.ts';
import { type Text, text } from '../../base/text.ts';
import { validate } from '../../base/validate.ts';
import { type BlockParams, blockParams } from '../../catalogue/block.ts';
import type { Size } from '../../tensor/size.ts';
import { parseSize } from '../../tensor/size-parser.ts';
import { elaborationLimits } from './elaborated-size.ts';
import { flatSize, type Scope } from './scope.ts';

export interface Reading {
  readonly id: string;
  readonly block: Block;
  readonly params: BlockParams;
  /** Sizes that are written as expressions, in symbols of the flat graph. */
  readonly overrides: ReadonlyMap<string, Size>;
}

/** Where the node stands: the blocks around it and their symbols. */
export interface Surroundings {
  readonly path: PathText;
  readonly blocks: readonly string[];
  readonly scope: Scope | undefined;
  /** How many nodes it comes to, where that is too many. */
  readonly tooMany: number | undefined;
}

const nodesCounted = text('nodes', '节点');
const levelsCounted = text('levels of blocks', '层块');

export function readUse(
  node: GraphNode,
  blocks: GraphDocument['blocks'],
  { path, blocks: around, scope, tooMany }: Surroundings,
): Reading | readonly Diagnostic[] {
  const read = validate(blockParams, node.params);
  if ('faults' in read)
    return read.faults.map(({ path: at, detail }) =>
      diagnose(
        'bad-param',
        { node: path, param: String(at[0] ?? '') },
        { param: at.join('.') || 'params', detail },
      ),
    );
  const params = read.value;
  const id = params.block;
  const at = { node: path, param: 'block' };
  const block = Object.hasOwn(blocks, id) ? blocks[id] : undefined;
  if (!block) {
    const near = nearest(
      id,
      Object.entries(blocks).map(([name, { name: title }]) => ({
        name,
        also: title === undefined ? [] : [title],
      })),
    );
    const suggestion = near === undefined ? '' : text(`: “${near}”?`, `：“${near}”？`);
    const title = text(`Use “${near}”`, `改用 “${near}”`);
    const fixes =
      near === undefined
        ? []
        : [{ title, edits: [{ edit: 'setParam', node: path, key: 'block', value: near } as const] }];
    return [diagnose('unknown-block', at, { block: id, suggestion }, { fixes })];
  }
  if (around.includes(id)) {
    const way = [...around.slice(around.indexOf(id)), id].join(' → ');
    const title = text('Delete this use', '删除此处的使用');
    return [
      diagnose(
        'block-recursion',
        at,
        { block: id, way },
        { fixes: [{ title, edits: [{ edit: 'removeNode', node: path }] }] },
      ),
    ];
  }
  if (around.length >= elaborationLimits.depth)
    return [tooLarge(at, id, around.length + 1, levelsCounted, elaborationLimits.depth)];
  if (tooMany !== undefined) return [tooLarge(at, id, tooMany, nodesCounted, elaborationLimits.nodes)];

  const faults: Diagnostic[] = [];
  for (const [param, declared] of [
    ['dims', block.dims],
    ['numbers', block.numbers],
  ] as const)
    for (const name of Object.keys(params[param]))
      if (!Object.hasOwn(declared, name))
        faults.push(unknownOverride(path, param, name, id, Object.keys(declared)));
  const overrides = new Map<string, Size>();
  for (const [name, written] of Object.entries(params.dims)) {
    if (typeof written === 'number') continue;
    const size = parseSize(written);
    if ('error' in size) {
      const { en, zh } = size.error;
      const detail = text(`"${written}": ${en}`, `“${written}”：${zh}`);
      faults.push(diagnose('bad-param', { node: path, param: 'dims' }, { param: `dims.${name}`, detail }));
    } else overrides.set(name, flatSize(size.size, scope));
  }
  return faults.length > 0 ? faults : { id, block, params, overrides };
}

/** A count beyond what a number holds exactly is told to three digits. */
const inDigits = (count: number): number =>
  Number.isSafeInteger(count) ? count : Number(count.toPrecision(3));

const tooLarge = (
  at: { readonly node: PathText; readonly param: string },
  block: string,
  actual: number,
  what: Text,
  limit: number,
): Diagnostic => diagnose('blocks-too-large', at, { block, actual: inDigits(actual), what, limit });

function unknownOverride(
  node: PathText,
  param: 'dims' | 'numbers',
  name: string,
  block: string,
  declared: readonly string[],
): Diagnostic {
  const what = param === 'dims' ? text('size', '大小') : text('number', '数值');
  const known = declared.length === 0 ? text('none', '无') : text(declared.join(', '), declared.join('、'));
  return diagnose('unknown-override', { node, param }, { block, what, name, known });
}

/** Whether two readings bring in the same nodes with the same meaning; how often they repeat may differ. */
export const isSameUse = (a: Reading, b: Reading): boolean =>
  a.id === b.id &&
  a.params.shared === b.params.shared &&
  (a.params.repeat ?? 0) > 1 === (b.params.repeat ?? 0) > 1 &&
  (a.params.repeat === undefined) === (b.params.repeat === undefined) &&
  sameRecord(a.params.dims, b.params.dims) &&
  sameRecord(a.params.numbers, b.params.numbers) &&
  // What surrounds them may have changed what an expression means.
  [...a.overrides].every(([name, size]) => JSON.stringify(size) === JSON.stringify(b.overrides.get(name)));

const sameRecord = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

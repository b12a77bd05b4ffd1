/** Parameters that a node's type does not know: they change nothing, so most often a name is mistyped. */
import type { GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix } from '../../base/diagnostic.ts';
import type { Json } from '../../base/edit.ts';
import { nearest } from '../../base/nearest.ts';
import { text } from '../../base/text.ts';
import { fieldsOf } from '../../catalogue/fields.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';

const none: readonly never[] = [];

export function unknownParams(
  node: string,
  definition: AnyNodeDefinition,
  params: GraphNode['params'],
): readonly Diagnostic[] {
  let found: Diagnostic[] | undefined;
  for (const param in params) {
    if (Object.hasOwn(definition.params.shape, param)) continue;
    found ??= [];
    found.push(unknownParam(node, definition, params, param));
  }
  return found ?? none;
}

function unknownParam(
  node: string,
  definition: AnyNodeDefinition,
  params: GraphNode['params'],
  param: string,
): Diagnostic {
  const fields = fieldsOf(definition).filter(({ key }) => !Object.hasOwn(params, key));
  const meant = nearest(
    param,
    fields.map(({ key, label }) => ({ name: key, also: [label.en, label.zh] })),
  );
  const remove = { edit: 'removeParam', node, key: param } as const;
  const fixes: Fix[] = [{ title: text(`Remove “${param}”`, `删除 “${param}”`), edits: [remove] }];
  if (meant !== undefined)
    fixes.unshift({
      title: text(`Rename “${param}” to “${meant}”`, `把 “${param}” 改名为 “${meant}”`),
      edits: [remove, { edit: 'setParam', node, key: meant, value: params[param] as Json }],
    });
  const suggestion = meant === undefined ? '' : text(`, or call it “${meant}”`, `，或改名为 “${meant}”`);
  return diagnose('unknown-param', { node, param }, { type: definition.title, param, suggestion }, { fixes });
}

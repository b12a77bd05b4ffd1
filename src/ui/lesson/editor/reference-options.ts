/** What a lesson may speak of, as options to choose from: the nodes of the document's own level, and their ports. */
import { useMemo } from 'react';
import type { GraphDocument } from '../../../../graph-schema/document.ts';
import { escapeId, type PathText, portKey } from '../../../base/path.ts';
import type { Locale } from '../../../base/text.ts';
import { visible } from '../../../base/visible.ts';
import { fieldsOf } from '../../../catalogue/fields.ts';
import { registryOf } from '../../../catalogue/index.ts';
import { entry, nodeAt } from '../../../document/levels.ts';
import { useLocale } from '../../locale.ts';
import { nodeTitle } from '../../parts/node-title.ts';
import { useEditorState } from '../../session/hooks.ts';
import type { FieldOption } from './LessonFields.tsx';

const nodeOptions = (document: GraphDocument, locale: Locale, category?: string): readonly FieldOption[] =>
  Object.entries(document.nodes)
    .filter(([, node]) => category === undefined || registryOf(document).of(node)?.category === category)
    .map(([id]) => ({ value: escapeId(id), title: nodeTitle(document, escapeId(id), locale) }));

export function useNodeOptions(category?: string): readonly FieldOption[] {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  return useMemo(() => nodeOptions(document, locale, category), [document, locale, category]);
}

export function usePortOptions(sides: readonly ('inputs' | 'outputs')[]): readonly FieldOption[] {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked);
  return nodeOptions(document, locale).flatMap(({ value: path, title }) =>
    sides.flatMap((side) =>
      (entry(checked.nodes, path)?.[side] ?? []).map((port) => ({
        value: portKey(path, port.name),
        title: `${title} · ${visible(port.title?.[locale] ?? port.name)}`,
      })),
    ),
  );
}

export function useParamOptions(path: PathText): readonly FieldOption[] {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const node = nodeAt(document, path);
  const definition = node && registryOf(document).of(node);
  return (definition ? fieldsOf(definition) : []).map(({ key, label }) => ({
    value: key,
    title: label[locale],
  }));
}

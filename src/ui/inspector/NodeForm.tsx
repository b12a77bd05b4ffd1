/** The parameters of a node as a form, made from its type's schema. Each value that parses is a command. */
import { useId } from 'react';
import type { GraphNode } from '../../../graph-schema/document.ts';
import { type Field, fieldsOf } from '../../catalogue/fields.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import type { CheckedNode } from '../../compiler/types.ts';
import { entry } from '../../document/levels.ts';
import { useT } from '../locale.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { FieldControl } from './FieldControl.tsx';

interface NodeFormProps {
  readonly id: string;
  readonly node: GraphNode;
  readonly definition: AnyNodeDefinition;
  readonly checked: CheckedNode | undefined;
}

export function NodeForm({ id, node, definition, checked }: NodeFormProps) {
  const t = useT();
  const editor = useEditor();
  const formId = useId();
  const block = useEditorState(({ document, view }) => entry(document.blocks, view.block ?? ''));
  const axes = Object.values(checked?.outputTypes ?? {})[0]?.axes;
  const sizes = axes?.flatMap((axis) => axis.size ?? []);
  const shape = sizes?.length === axes?.length ? sizes : undefined;
  const fields = fieldsOf(definition);
  const valueIn = (field: Field): unknown => node.params[field.key] ?? field.schema.safeParse(undefined).data;
  // A field that is named like one choice of another belongs to that choice: `values` to fill = values.
  const applies = (field: Field) =>
    fields.every((f) => !f.choices.some((c) => c.value === field.key) || valueIn(f) === field.key);
  return (
    <div className="fields">
      {fields.filter(applies).map((field) => {
        const controlId = `${formId}-${field.key}`;
        const value = valueIn(field);
        return (
          <div key={field.key} className="field" data-kind={field.widget ?? field.kind}>
            <label htmlFor={controlId} title={field.doc && t(field.doc)}>
              {t(field.label)}
            </label>
            <FieldControl
              field={field}
              id={controlId}
              value={value}
              shape={shape}
              numbers={Object.keys(block?.numbers ?? {})}
              onValue={(next) => editor.dispatch({ type: 'setParam', node: id, key: field.key, value: next })}
            />
            {field.doc && <p className="field-doc">{t(field.doc)}</p>}
          </div>
        );
      })}
    </div>
  );
}

/** The parameters of a node as a form, made from its type's schema. Each value that parses is a command. */
import { useId } from 'react';
import type { z } from 'zod';
import type { GraphNode } from '../../../graph-schema/document.ts';
import { type Field, fieldsIn, fieldsOf } from '../../catalogue/fields.ts';
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
  const edges = useEditorState((s) => s.view.graph.edges);
  const reached = new Set(Object.values(edges).flatMap(({ to }) => (to.node === id ? [to.port] : [])));
  const wired = checked?.inputs.flatMap(({ name }) => (reached.has(name) ? [name] : [])) ?? [];
  const axes = Object.values(checked?.outputTypes ?? {})[0]?.axes;
  const sizes = axes?.flatMap((axis) => axis.size ?? []);
  const shape = sizes?.length === axes?.length ? sizes : undefined;
  const fields = fieldsOf(definition);
  const valueIn = (field: Field): unknown => node.params[field.key] ?? field.schema.safeParse(undefined).data;
  // A field that is named like one choice of another belongs to that choice: `values` to fill = values.
  const applies = (field: Field) =>
    fields.every((f) => !f.choices.some((c) => c.value === field.key) || valueIn(f) === field.key);
  const read = definition.params.safeParse(node.params);
  const inner: Readonly<Record<string, z.ZodObject>> = read.success
    ? (definition.inner?.(read.data) ?? {})
    : {};
  const names = Object.entries(checked?.inputTypes ?? {}).map(([port, { axes: own }]) => [
    port,
    own.map(({ name }) => name),
  ]);
  const network = read.success ? definition.network?.(read.data, Object.fromEntries(names)) : undefined;
  const operands = network?.ports ?? wired;
  const set = (key: string, value: unknown) => editor.dispatch({ type: 'setParam', node: id, key, value });
  const row = (field: Field, key: string, value: unknown, onValue: (value: unknown) => void) => {
    const controlId = `${formId}-${key}`;
    return (
      <div key={key} className="field" data-kind={field.widget ?? field.kind}>
        <label htmlFor={controlId} title={field.doc && t(field.doc)}>
          {t(field.label)}
        </label>
        <FieldControl
          field={field}
          id={controlId}
          value={value}
          shape={shape}
          operands={operands}
          numbers={Object.keys(block?.numbers ?? {})}
          onValue={onValue}
        />
        {field.doc && <p className="field-doc">{t(field.doc)}</p>}
      </div>
    );
  };
  /** The entries of a record as fields of their own; it holds only what differs from the defaults. */
  const rowsOf = (field: Field, schema: z.ZodObject) => {
    const record = (valueIn(field) ?? {}) as Readonly<Record<string, unknown>>;
    return fieldsIn(schema).map((entry) => {
      const own = entry.schema.safeParse(undefined).data;
      return row(entry, `${field.key}-${entry.key}`, record[entry.key] ?? own, (value) => {
        const { [entry.key]: _, ...others } = record;
        set(field.key, value === own ? others : { ...others, [entry.key]: value });
      });
    });
  };
  /** Entries that the schema does not know, as of a data set that was chosen before, are seen as they are written. */
  const isKnown = (field: Field, schema: z.ZodObject) =>
    Object.keys((valueIn(field) ?? {}) as object).every((key) => Object.hasOwn(schema.shape, key));
  return (
    <div className="fields">
      {fields.filter(applies).flatMap((field) => {
        const schema = inner[field.key];
        const whole = () => row(field, field.key, valueIn(field), (value) => set(field.key, value));
        if (!schema) return whole();
        return isKnown(field, schema) ? rowsOf(field, schema) : [...rowsOf(field, schema), whole()];
      })}
    </div>
  );
}

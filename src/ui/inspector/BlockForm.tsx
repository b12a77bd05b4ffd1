/** The details of one use of a block: which block, how often, and what this use gives in place of the block's own. */
import { useId } from 'react';
import { type Block, dimSize, type GraphNode } from '../../../graph-schema/document.ts';
import type { Text } from '../../base/text.ts';
import { blockOf, entry } from '../../document/levels.ts';
import { ungroupObstacle } from '../../editor/index.ts';
import { useT } from '../locale.ts';
import { enterBlock, ungroupBlock } from '../session/block-actions.ts';
import { useEditor, useEditorState, useSession } from '../session/hooks.ts';
import { blocks as words } from '../strings/block-words.ts';
import { DraftInput, type DraftReading } from './DraftInput.tsx';
import { parseNumber } from './parse-fields.ts';
import { nudgeWhole, parseWhole, parseWrittenSize } from './parse-sizes.ts';

interface BlockFormProps {
  readonly id: string;
  readonly node: GraphNode;
}

const written = (value: unknown): string => (value === undefined ? '' : String(value));
const orNothing = (parse: (text: string) => DraftReading) => (text: string) =>
  text.trim() === '' ? { value: undefined } : parse(text);

export function BlockForm({ id, node }: BlockFormProps) {
  const t = useT();
  const editor = useEditor();
  const formId = useId();
  const all = useEditorState((s) => s.document.blocks);
  const chosen = blockOf(node) ?? '';
  const block = entry(all, chosen);
  const { repeat, shared } = node.params;
  const set = (key: string, value: unknown) => editor.dispatch({ type: 'setParam', node: id, key, value });
  return (
    <div className="fields">
      <div className="field" data-kind="choice">
        <label htmlFor={`${formId}-block`}>{t(words.which)}</label>
        <select
          id={`${formId}-block`}
          className="input"
          value={chosen}
          onChange={(event) => set('block', event.target.value)}
        >
          {!block && <option value={chosen}>{t(words.missing, { block: chosen })}</option>}
          {Object.entries(all).map(([key, { name }]) => (
            <option key={key} value={key}>
              {name || key}
            </option>
          ))}
        </select>
      </div>
      <div className="field" data-kind="integer">
        <label htmlFor={`${formId}-repeat`} title={t(words.repeatDoc)}>
          {t(words.repeat)}
        </label>
        <DraftInput
          id={`${formId}-repeat`}
          value={repeat}
          format={written}
          parse={orNothing((text) => parseWhole(text, 1))}
          onValue={(value) => set('repeat', value)}
          nudge={(value, by) => nudgeWhole(value, by, 1)}
          placeholder="1"
          numeric
        />
        <p className="field-doc">{t(words.repeatDoc)}</p>
      </div>
      {repeat !== undefined && (
        <div className="field" data-kind="boolean">
          <label htmlFor={`${formId}-shared`} title={t(words.sharedDoc)}>
            {t(words.shared)}
          </label>
          <input
            id={`${formId}-shared`}
            type="checkbox"
            className="switch"
            role="switch"
            aria-checked={shared === true}
            checked={shared === true}
            onChange={(event) => set('shared', event.target.checked || undefined)}
          />
          <p className="field-doc">{t(words.sharedDoc)}</p>
        </div>
      )}
      {block && <Overrides node={node} block={block} onValue={set} />}
      <BlockButtons id={id} />
    </div>
  );
}

interface OverridesProps {
  readonly node: GraphNode;
  readonly block: Block;
  readonly onValue: (key: string, value: unknown) => void;
}

/** Sizes and numbers of the block, each empty while the block's own holds. */
function Overrides({ node, block, onValue }: OverridesProps) {
  const t = useT();
  const formId = useId();
  const field = (
    key: 'dims' | 'numbers',
    title: Text,
    doc: Text,
    own: Readonly<Record<string, unknown>>,
    parse: (text: string) => DraftReading,
  ) => {
    const given = (node.params[key] ?? {}) as Readonly<Record<string, unknown>>;
    const set = (name: string, value: unknown) => {
      const { [name]: _, ...others } = given;
      const next = value === undefined ? others : { ...others, [name]: value };
      onValue(key, Object.keys(next).length === 0 ? undefined : next);
    };
    if (Object.keys(own).length === 0) return null;
    return (
      <fieldset className="overrides">
        <legend title={t(doc)}>{t(title)}</legend>
        {Object.entries(own).map(([name, value]) => (
          <div key={name} className="field" data-kind="size">
            <label htmlFor={`${formId}-${key}-${name}`} className="math">
              {name}
            </label>
            <DraftInput
              id={`${formId}-${key}-${name}`}
              value={given[name]}
              format={written}
              parse={orNothing(parse)}
              onValue={(next) => set(name, next)}
              placeholder={written(value)}
            />
          </div>
        ))}
      </fieldset>
    );
  };
  const sizes = Object.fromEntries(Object.entries(block.dims).map(([name, dim]) => [name, dimSize(dim)]));
  return (
    <>
      {field('dims', words.sizes, words.sizesDoc, sizes, parseWrittenSize)}
      {field('numbers', words.numbers, words.numbersDoc, block.numbers, parseNumber)}
    </>
  );
}

function BlockButtons({ id }: { readonly id: string }) {
  const t = useT();
  const session = useSession();
  const obstacle = useEditorState((s) => s.view && ungroupObstacle(s, id)?.en);
  return (
    <div className="row">
      <button type="button" className="button primary" onClick={() => enterBlock(session, id)}>
        {t(words.open)}
      </button>
      <button
        type="button"
        className="button"
        aria-disabled={obstacle !== undefined}
        onClick={() => ungroupBlock(session, id)}
      >
        {t(words.ungroup)}
      </button>
    </div>
  );
}

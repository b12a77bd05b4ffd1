/** Over the canvas, inside a block: the way here, each step of it a way back. */
import { blockOf, levelAt, repeatOf, usesOf } from '../../document/levels.ts';
import { showKeys } from '../keys.ts';
import { useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { titleIn } from '../parts/node-title.ts';
import { leaveBlock } from '../session/block-actions.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { blocks } from '../strings/block-words.ts';
import './level-bar.css';

export function LevelBar() {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const way = useEditorState((s) => s.view.way);
  if (way.length === 0) return null;
  const steps = way.map((id, depth) => {
    const nodes = levelAt(document, way.slice(0, depth))?.graph.nodes ?? {};
    const node = nodes[id];
    return { id, title: titleIn(document, nodes, id, locale), node, repeat: node ? repeatOf(node) : 1 };
  });
  const block = blockOf(steps.at(-1)?.node);
  const uses = block === undefined ? 0 : usesOf(document, block);
  return (
    <nav className="level-bar" aria-label={t(blocks.way)}>
      <button
        type="button"
        className="icon-button"
        title={`${t(blocks.leave)} (${showKeys('Esc')})`}
        aria-label={t(blocks.leave)}
        onClick={() => leaveBlock(session)}
      >
        <Icon name="left" />
      </button>
      <ol>
        <li>
          <button type="button" className="level-step" onClick={() => leaveBlock(session, 0)}>
            {document.name}
          </button>
        </li>
        {steps.map(({ id, title, repeat }, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its depth; the same id may stand at several.
          <li key={`${depth} ${id}`}>
            {depth === steps.length - 1 ? (
              <span className="level-step" aria-current="location">
                {title}
                {repeat > 1 && <span className="times">×{repeat}</span>}
              </span>
            ) : (
              <button type="button" className="level-step" onClick={() => leaveBlock(session, depth + 1)}>
                {title}
                {repeat > 1 && <span className="times">×{repeat}</span>}
              </button>
            )}
          </li>
        ))}
      </ol>
      {uses > 1 && (
        <span className="level-uses" title={t(blocks.uses, { count: uses })}>
          {t(blocks.uses, { count: uses })}
        </span>
      )}
    </nav>
  );
}

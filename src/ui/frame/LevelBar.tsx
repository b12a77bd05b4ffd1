/** Over the canvas, inside a block: the way here, each step of it a way back. Entering and leaving are spoken. */

import { useRef } from 'react';
import type { GraphNode } from '../../../graph-schema/document.ts';
import { visible } from '../../base/visible.ts';
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
  const document = useEditorState((s) => s.document);
  const way = useEditorState((s) => s.view.way);
  const wasInside = useRef(false);
  wasInside.current ||= way.length > 0;
  const steps = way.map((id, depth) => {
    const nodes = levelAt(document, way.slice(0, depth))?.graph.nodes ?? {};
    const node = nodes[id];
    return { id, title: titleIn(document, nodes, id, locale), node, repeat: node ? repeatOf(node) : 1 };
  });
  const here = steps.at(-1);
  const spoken = here
    ? t(blocks.entered, { title: here.repeat > 1 ? `${here.title} × ${here.repeat}` : here.title })
    : wasInside.current && t(blocks.left, { title: document.name });
  return (
    <>
      <p className="visually-hidden" role="status">
        {spoken}
      </p>
      {here && <Way steps={steps} />}
    </>
  );
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly node: GraphNode | undefined;
  readonly repeat: number;
}

function Way({ steps }: { readonly steps: readonly Step[] }) {
  const t = useT();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const block = blockOf(steps.at(-1)?.node);
  const uses = block === undefined ? 0 : usesOf(document, block);
  return (
    <nav className="level-bar" data-covers aria-label={t(blocks.way)}>
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
            {visible(document.name)}
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

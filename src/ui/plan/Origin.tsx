/** The nodes that something comes from: each leads to its place on the canvas, where it is highlighted meanwhile. */

import type { Text } from '../../base/text.ts';
import { nodeAt } from '../../document/levels.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { useHighlight } from './use-highlight.ts';

interface OriginProps {
  readonly says: Text;
  readonly nodes: readonly string[];
}

export function Origin({ says, nodes }: OriginProps) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const light = useHighlight();
  return (
    <p className="plan-origin">
      <span className="soft" {...light(nodes)}>
        {t(says)}
      </span>{' '}
      {nodes
        .filter((id) => nodeAt(document, id))
        .map((id) => (
          <button
            key={id}
            type="button"
            className="plan-source"
            onClick={() => reveal(session, { nodes: [id] })}
            {...light([id])}
          >
            {nodeTitle(document, id, locale)}
          </button>
        ))}
    </p>
  );
}

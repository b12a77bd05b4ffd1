/** The nodes that something comes from: each leads to its place on the canvas, where it is lit meanwhile. */

import { useLocale, useT } from '../locale.ts';
import { titleIn } from '../parts/node-title.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { words } from './strings.ts';
import { useLit } from './use-lit.ts';

export function Origin({ nodes }: { readonly nodes: readonly string[] }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const known = useEditorState((s) => s.document.nodes);
  const light = useLit();
  return (
    <p className="plan-origin">
      <span className="soft" {...light(nodes)}>
        {t(words.drawnBy)}
      </span>{' '}
      {nodes
        .filter((id) => Object.hasOwn(known, id))
        .map((id) => (
          <button
            key={id}
            type="button"
            className="plan-source"
            onClick={() => reveal(session, { nodes: [id] })}
            {...light([id])}
          >
            {titleIn(known, id, locale)}
          </button>
        ))}
    </p>
  );
}

/** What the model that is drawn can be used for; asked anew when the drawing changes. */
import { useEffect, useState } from 'react';
import type { ModelUses } from '../../worker/protocol.ts';
import { useEditorState, useSession } from '../session/hooks.ts';

const nothing: ModelUses = { judges: false, texts: [], samples: false };

/** Undefined: not known yet. */
export function useUses(): ModelUses | undefined {
  const { client, editor } = useSession();
  const revision = useEditorState((s) => s.structureRevision);
  const [uses, setUses] = useState<ModelUses>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawing is what is asked about.
  useEffect(() => {
    let isLast = true;
    void client.uses(editor.getState().document).then((found) => isLast && setUses(found ?? nothing));
    return () => {
      isLast = false;
    };
  }, [client, editor, revision]);
  return uses;
}

/** Everything that can be done, to be found by typing: commands, nodes to add, nodes to go to. */
import { availableCommands } from '../commands.ts';
import { addNode } from '../frame/add-node.ts';
import { showKeys } from '../keys.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { addable, definitionKey } from '../parts/definitions.ts';
import { NodeGlyph } from '../parts/NodeGlyph.tsx';
import { type Pick, PickList } from '../parts/PickList.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { categoryNames, workbench } from '../strings/workbench.ts';
import { useNodePicks } from './FindNode.tsx';

interface CommandPaletteProps {
  readonly session: DocumentSession | undefined;
  readonly onClose: () => void;
}

function addableNow({ editor }: DocumentSession) {
  const { document, view } = editor.getState();
  return addable(document, view.block);
}

export function CommandPalette({ session, onClose }: CommandPaletteProps) {
  const t = useT();
  const nodePicks = useNodePicks(session);
  const commandPicks = availableCommands()
    .filter((command) => command.id !== 'commands')
    .map(
      (command): Pick => ({
        id: command.id,
        title: t(command.title),
        also: `${command.title.en} ${command.title.zh}`,
        note: command.keys?.[0] && <kbd>{showKeys(command.keys[0])}</kbd>,
        run: command.run,
      }),
    );
  const addPicks = (session ? addableNow(session) : []).map(
    (definition): Pick => ({
      id: `add ${definitionKey(definition)}`,
      title: t(workbench.addNode, { title: definition.title }),
      also: `${definition.type} ${definition.title.en} ${definition.title.zh}`,
      glyph: <NodeGlyph definition={definition} />,
      note: t(categoryNames[definition.category]),
      run: () => session && addNode(session, definition),
    }),
  );
  return (
    <Dialog title={t(workbench.typeCommand)} className="pick-dialog" bare onClose={onClose}>
      <PickList
        picks={[...commandPicks, ...addPicks, ...nodePicks]}
        label={t(workbench.typeCommand)}
        nothing={t(workbench.noMatch)}
        onDone={onClose}
      />
    </Dialog>
  );
}

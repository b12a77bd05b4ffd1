/** Puts what was made of a file into the document and its bytes into the browser. */
import type { DataRecord } from '../../../graph-schema/document.ts';
import { registryOf } from '../../catalogue/index.ts';
import { freeName, ownDataNode, stemOf } from '../../document/with-own-data.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { newNode } from '../parts/definitions.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { setApp } from '../store.ts';
import type { Made } from './data-messages.ts';
import { dataWords } from './data-words.ts';
import { keepBytes } from './keep-files.ts';

interface Adding {
  readonly made: Made;
  /** The file that was brought. */
  readonly file: Blob;
  readonly name: string;
  /** Parameters that were chosen for the node. */
  readonly node: Readonly<Record<string, unknown>>;
  /** The data of the document in whose place these come. */
  readonly replaces?: string | undefined;
}

const middle = { x: 0.5, y: 0.5 };

export async function addData(session: DocumentSession, adding: Adding): Promise<void> {
  const { made, file, name, node, replaces } = adding;
  // As a document has it: nothing undefined.
  const record = JSON.parse(JSON.stringify(made.own)) as DataRecord;
  await keepBytes(record.sha256, made.archive?.blob ?? file, made.archive?.name ?? name);
  const { editor, canvas } = session;
  const { document } = editor.getState();
  const id = replaces ?? freeName(stemOf(name), document.data);
  if (replaces !== undefined) editor.dispatch({ type: 'setData', id, record });
  else {
    const type = ownDataNode(id, record);
    const definition = registryOf(document).find(type.type);
    if (!definition) throw new Error('internal: there is no type of data set nodes');
    editor.dispatch({
      type: 'addNode',
      ...newNode(definition),
      node: freeName(id, editor.getState().view.graph.nodes),
      params: { ...type.params, ...node },
      data: { [id]: record },
      at: canvas.current?.center() ?? { x: 0, y: 0 },
      hold: middle,
    });
  }
  setApp({ sheet: 'none' });
  const { rows } = record;
  notify(
    made.dropped > 0
      ? sayNow(dataWords.addedDropped, { name: id, rows, dropped: made.dropped })
      : sayNow(dataWords.added, { name: id, rows }),
  );
}

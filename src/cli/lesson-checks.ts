/** Runs a lesson as a student would, and says what of it is met. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { readLesson } from '../../graph-schema/lesson.ts';
import { isError, type Outcome } from '../base/diagnostic.ts';
import { labelledPath } from '../document/levels.ts';
import type { Engine } from '../numeric/engine.ts';
import { type CheckVerdict, openModel } from '../runtime/index.ts';

export interface NamedVerdict extends CheckVerdict {
  /** As the lesson calls the check, or else as its node is called. */
  readonly name: string;
}

/**
 * Trains the document where there is something to train, else evaluates it, and measures what is checked. There is
 * no value where it does not get so far; nothing that is checked has none either.
 */
export async function checkLesson(
  document: GraphDocument,
  engine: Engine,
  seed?: number,
): Promise<Outcome<readonly NamedVerdict[]>> {
  const model = await openModel(document, { engine, seed });
  const { value: compiled, diagnostics } = model.compiled();
  if (!compiled || diagnostics.some(isError)) return { diagnostics: diagnostics.filter(isError) };
  if (!compiled.train) {
    const inspected = await model.inspect({ ports: [], checks: true, watched: false });
    return named(document, inspected.value?.checks, inspected.diagnostics);
  }
  let outcome: Outcome<readonly CheckVerdict[]> = { diagnostics: [] };
  for await (const event of model.run()) {
    if (event.type === 'checked') outcome = { value: event.checks, diagnostics: event.diagnostics };
    if (event.type === 'failed') return { diagnostics: event.diagnostics };
  }
  return named(document, outcome.value, outcome.diagnostics);
}

function named(
  document: GraphDocument,
  verdicts: readonly CheckVerdict[] = [],
  diagnostics: Outcome<unknown>['diagnostics'],
): Outcome<readonly NamedVerdict[]> {
  if (diagnostics.some(isError)) return { diagnostics };
  const read = readLesson(document);
  const told = read && 'value' in read ? read.value.checks : [];
  const value = verdicts.map((verdict) => {
    const name = told.find(({ node }) => node === verdict.node)?.name.en;
    return { ...verdict, name: name ?? labelledPath(document, verdict.node) };
  });
  return { value, diagnostics };
}

/**
 * What is odd about a graph as a whole, though every part of it is right: results that nobody reads,
 * parameters that no step changes, gradients that are zero everywhere. It is told only of graphs
 * without errors: while one is being wired, loose ends are no mistake.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { joinNames, type Text, text } from '../../base/text.ts';
import type { AnyNodeDefinition, Category } from '../../catalogue/index.ts';
import type { Entry, Incoming } from './entry.ts';
import { nameOf } from './resolve.ts';

/** Nodes of these kinds are what a graph is for: nothing needs to read them. */
const ends: readonly Category[] = ['loss', 'optimizer', 'metric', 'output'];

const definitionOf = (entry: Entry): AnyNodeDefinition | undefined => entry.resolved?.definition;
const isEnd = (entry: Entry): boolean => ends.includes(definitionOf(entry)?.category ?? 'tensor');
const passesGradient = (reader: Entry, { port }: Incoming): boolean =>
  !definitionOf(reader)?.detached?.includes(port);

/** Everything that a node is computed from, itself included, along the wires that are followed. */
function above(start: Entry, follows: (reader: Entry, wire: Incoming) => boolean): Set<Entry> {
  const found = new Set([start]);
  for (const entry of found)
    for (const wire of entry.incoming) if (follows(entry, wire)) found.add(wire.source);
  return found;
}

/** Sorted: the order must not tell how the document came about. */
const byId = (entries: Entry[]): Entry[] => entries.sort((a, b) => (a.id < b.id ? -1 : 1));

export function tellStructure(all: Iterable<Entry>, document: GraphDocument): Diagnostic[] {
  const entries = [...all];
  const derivatives = byId(entries.filter((entry) => definitionOf(entry)?.differentiates));
  return [
    ...tellTraining(entries, document),
    ...derivatives.flatMap((entry) => tellZeroGradient(entry, document)),
    ...tellUnused(entries, document),
  ];
}

/** Optimizers without parameters, and parameters without gradient. */
function tellTraining(entries: readonly Entry[], document: GraphDocument): Diagnostic[] {
  const found: Diagnostic[] = [];
  const [trained, used] = [new Set<Entry>(), new Set<Entry>()];
  const optimizers = byId(entries.filter((entry) => definitionOf(entry)?.trains));
  for (const optimizer of optimizers) {
    let learns = false;
    for (const entry of above(optimizer, passesGradient)) {
      trained.add(entry);
      learns ||= entry.learns;
    }
    for (const entry of above(optimizer, () => true)) used.add(entry);
    if (!learns)
      found.push(diagnose('no-parameters', { node: optimizer.id }, { node: nameOf(document, optimizer.id) }));
  }
  if (optimizers.length === 0) return found;
  // What nothing reads is told as unused.
  const idle = byId(entries.filter((e) => e.learns && !trained.has(e) && e.readers.length > 0));
  const cut = idle.filter((entry) => used.has(entry));
  const apart = idle.filter((entry) => !used.has(entry));
  if (cut.length > 0) found.push(tellIdle('gradient-blocked', cut, document));
  if (apart.length > 0) found.push(tellIdle('no-gradient', apart, document));
  return found;
}

/** Told once for all: a whole branch is most often cut off at one place. */
function tellIdle(
  code: 'no-gradient' | 'gradient-blocked',
  idle: readonly Entry[],
  document: GraphDocument,
): Diagnostic {
  const [first, ...others] = idle;
  const values = { nodes: namesOf(idle, document) };
  return diagnose(code, { node: (first as Entry).id }, values, {
    related: others.map(({ id }) => ({ node: id })),
  });
}

const mostNames = 3;
const namesOf = (entries: readonly Entry[], document: GraphDocument): Text =>
  joinNames(
    entries.slice(0, mostNames).map(({ id }) => nameOf(document, id)),
    entries.length - mostNames,
  );

/** A derivative by something that the function does not depend on. */
function tellZeroGradient(entry: Entry, document: GraphDocument): Diagnostic[] {
  const ports = definitionOf(entry)?.differentiates;
  const wireAt = (port: string | undefined) => entry.incoming.find((wire) => wire.port === port);
  const [of, by] = [wireAt(ports?.of), wireAt(ports?.by)];
  if (!of || !by) return [];
  const isBy = ({ source, output }: Incoming) => source === by.source && output === by.output;
  let depends = isBy(of);
  above(of.source, (reader, wire) => {
    const follows = passesGradient(reader, wire);
    depends ||= follows && isBy(wire);
    return follows && !depends;
  });
  if (depends) return [];
  const names = { of: nameOf(document, of.source.id), by: nameOf(document, by.source.id) };
  const related = [{ edge: of.edge }, { node: by.source.id }];
  return [diagnose('gradient-zero', { node: entry.id, port: by.port, edge: by.edge }, names, { related })];
}

/** Where a branch ends in nothing, in a graph that is otherwise for something. */
function tellUnused(entries: readonly Entry[], document: GraphDocument): Diagnostic[] {
  if (!entries.some(isEnd)) return [];
  const loose = byId(entries.filter((entry) => entry.readers.length === 0 && !isEnd(entry)));
  return loose.map(({ id }) => {
    const node = nameOf(document, id);
    const title = text(`Delete ${node.en}`, `删除${node.zh}`);
    const fixes = [{ title, edits: [{ edit: 'removeNode', node: id } as const] }];
    return diagnose('unused', { node: id }, { node }, { fixes });
  });
}

/** All that lowering needs to know of a document: what can be computed as it is, and the type of everything. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../base/diagnostic.ts';
import type { PathText } from '../base/path.ts';
import type { BoundType } from '../catalogue/bound.ts';
import type { TensorType } from '../tensor/axis.ts';
import { Checker } from './check/checker.ts';
import { isHandedOn } from './check/order.ts';
import type { ResolvedNode } from './check/resolve.ts';
import type { Inside, Region } from './elaborate/flat.ts';

export interface Analysis extends ReturnType<Checker['knowledge']> {
  /** Nodes that no error stands at and whose inputs are all sound. */
  readonly sound: ReadonlySet<PathText>;
  /** Repeats that are left out because something in them is not sound. */
  readonly unsoundRepeats: ReadonlySet<PathText>;
}

/** `writeOut`: one body for each repeat of a block, instead of one with a count. */
export function analyse(document: GraphDocument, writeOut = false): Analysis {
  const checker = new Checker({ writeOut });
  checker.check(document);
  const knowledge = checker.knowledge();
  const { order, flat, isLooped, diagnostics, node, inferred, hasError } = knowledge;
  const faulty = new Set(diagnostics.filter(isError).map((d) => d.node));
  const sound = new Set<PathText>();
  /** Repeats of which some part cannot be computed: no part of them is. */
  const unsoundRepeats = new Set<PathText>();
  const isSoundAlone = (id: PathText) =>
    node(id) !== undefined && inferred(id) !== undefined && !(hasError(id) || faulty.has(id) || isLooped(id));
  /** Whether a value can be computed: a node that hands it on must be as sound as the one that makes it. */
  const isMade = (id: PathText): boolean => {
    if (flat.inside(id)?.port === undefined) return sound.has(id);
    const given = Object.entries(node(id)?.wires ?? {}).find(([port]) => isHandedOn(port))?.[1].from.node;
    const isLeftOut = regionsAround(flat.inside(id)).some(({ path }) => unsoundRepeats.has(path));
    return !isLeftOut && isSoundAlone(id) && given !== undefined && isMade(given);
  };
  const isIn = (id: PathText, region: Region): boolean => regionsAround(flat.inside(id)).includes(region);
  for (let before = -1; before < unsoundRepeats.size; ) {
    before = unsoundRepeats.size;
    sound.clear();
    for (const id of order)
      if (
        isSoundAlone(id) &&
        !regionsAround(flat.inside(id)).some(({ path }) => unsoundRepeats.has(path)) &&
        Object.values(node(id)?.wires ?? {}).every((wire) => isMade(wire.from.node))
      )
        sound.add(id);
    for (const region of flat.regions)
      if (Object.keys(flat.records.nodes).some((id) => isIn(id, region) && !isMade(id)))
        unsoundRepeats.add(region.path);
  }
  return { ...knowledge, sound, unsoundRepeats };
}

/** The repeats that a node lies in, the innermost first. */
export function regionsAround(inside: Inside | undefined): readonly Region[] {
  const found: Region[] = [];
  for (let region = inside?.region; region; region = region.around) found.push(region);
  return found;
}

/** A type with numbers for its sizes, under these sizes of the document's symbols. */
export function bind(type: TensorType, { sizes }: Analysis, dims: ReadonlyMap<string, number>): BoundType {
  return {
    axes: type.axes.map((axis) => {
      const size = sizes.boundBy(axis, dims);
      if (size === undefined)
        throw new Error(`internal: the size of ${axis.name} is open in a graph that passed the check`);
      return { name: axis.name, size };
    }),
  };
}

export const soundNodes = ({ order, sound, node }: Analysis): ResolvedNode[] =>
  order.filter((id) => sound.has(id)).map((id) => node(id) as ResolvedNode);

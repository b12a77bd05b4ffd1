/**
 * Which classes a document becomes: its own drawing one, and each use of a block another, except where something in
 * the block acts on the run (data, losses, optimizers, checks): such a block is written out where it stands.
 */
import type { PortRef } from '../../base/edit.ts';
import { type PathText, portKey, readPath, showPath } from '../../base/path.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import type { Analysis } from '../../compiler/analyse.ts';
import { isHandedOn } from '../../compiler/check/order.ts';
import type { ResolvedNode } from '../../compiler/check/resolve.ts';
import type { Use } from '../../compiler/elaborate/flat.ts';

/** A node, or the use of a block that is a class of its own, among what one class consists of. */
export interface Entity {
  readonly path: PathText;
  readonly node?: ResolvedNode;
  readonly use?: Use;
  /** Keys of the values on its inputs, by port. */
  readonly reads: ReadonlyMap<string, string>;
  /** Keys of what it gives, in order. */
  readonly gives: readonly string[];
}

/** A drawing that becomes one class. */
export interface ClassLevel {
  /** The use that it is inside of; undefined for the document's own. */
  readonly use: Use | undefined;
  /** Each after all that it reads. */
  readonly entities: readonly Entity[];
  /** Keys of what the class is given, and of what it returns. */
  readonly given: readonly string[];
  readonly returned: readonly string[];
}

/** Types that act on the run, and so on what stands outside of their block. */
const acts = ({ trains, dataset, standIn, measures, category }: AnyNodeDefinition): boolean =>
  trains === true ||
  dataset !== undefined ||
  standIn !== undefined ||
  measures !== undefined ||
  category === 'check';

export class ClassStructure {
  readonly analysis: Analysis;
  /** Uses that are classes, by path. */
  readonly #classes = new Map<PathText, Use>();
  /** Uses that repeat their block. */
  readonly repeats: ReadonlyMap<PathText, { readonly count: number; readonly shared: boolean }>;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
    const { flat } = analysis;
    this.repeats = new Map(flat.regions.map(({ path, count, shared }) => [path, { count, shared }]));
    const open = new Set<PathText>();
    for (const path of Object.keys(flat.records.nodes)) {
      const node = analysis.node(path);
      if (!node || !(acts(node.definition) || this.#takesFromOutside(node))) continue;
      for (const use of usesAround(path)) open.add(use);
    }
    for (const use of flat.uses)
      if (!open.has(use.path) || this.repeats.has(use.path)) this.#classes.set(use.path, use);
  }

  /** A function of a variable that it does not contain: what lies between them comes in at another port of the block. */
  #takesFromOutside({ definition, wires }: ResolvedNode): boolean {
    const of = definition.evaluates && wires[definition.evaluates.of];
    return of !== undefined && this.analysis.flat.inside(of.from.node)?.port?.kind === 'input';
  }

  /** The classes around a node, the outermost first. */
  classesAround(path: PathText): readonly PathText[] {
    return usesAround(path).filter((use) => this.#classes.has(use) && use !== path);
  }

  use(path: PathText): Use | undefined {
    return this.#classes.get(path);
  }

  /** The key of the value on a wire, as a level knows it: what is written out, and its ports, is seen through. */
  resolve(ref: PortRef, level: PathText | undefined): string {
    const port = this.analysis.flat.inside(ref.node)?.port;
    if (!port) return portKey(ref.node, ref.port);
    if (port.kind === 'input' && port.use === level) return portKey(ref.node, 'out');
    if (port.kind !== 'input' && this.#classes.has(port.use)) return portKey(port.use, port.name);
    return this.resolve(this.given(ref.node), level);
  }

  /** What is wired to a node that hands it on. */
  given(path: PathText): PortRef {
    const wires = Object.entries(this.analysis.node(path)?.wires ?? {});
    const found = wires.find(([port]) => isHandedOn(port))?.[1].from;
    if (!found) throw new Error(`internal: nothing is wired to ${path} in a graph that passed the check`);
    return found;
  }

  /** The class of a use, or that of the document. Undefined where a value goes through a class back into it. */
  level(of: Use | undefined): ClassLevel | undefined {
    const { order, flat, node } = this.analysis;
    const entities = new Map<PathText, Entity>();
    const owner = of?.path;
    for (const path of order) {
      const around = this.classesAround(path);
      const depth = owner === undefined ? 0 : around.indexOf(owner) + 1;
      if ((owner !== undefined && depth === 0) || flat.inside(path)?.port) continue;
      const inner = around[depth];
      if (inner === undefined) {
        const resolved = node(path) as ResolvedNode;
        const reads = Object.entries(resolved.wires).map(
          ([port, { from }]) => [port, this.resolve(from, owner)] as const,
        );
        const gives = resolved.outputs.map(({ name }) => portKey(path, name));
        entities.set(path, { path, node: resolved, reads: new Map(reads), gives });
      } else if (!entities.has(inner)) entities.set(inner, this.#entityOf(inner, owner));
    }
    for (const use of this.#classes.values()) {
      // A block without nodes hands on what it is given.
      const around = this.classesAround(use.path);
      if (!entities.has(use.path) && around.at(-1) === owner)
        entities.set(use.path, this.#entityOf(use.path, owner));
    }
    const ordered = inOrder([...entities.values()]);
    return (
      ordered && {
        use: of,
        entities: ordered,
        given: of?.inputs.map((port) => portKey(port.node, 'out')) ?? [],
        returned: of?.outputs.map((port) => this.resolve(this.given(port.node), owner)) ?? [],
      }
    );
  }

  #entityOf(path: PathText, level: PathText | undefined): Entity {
    const use = this.#classes.get(path) as Use;
    const reads = use.inputs.map(({ name, node }) => [name, this.resolve(this.given(node), level)] as const);
    return { path, use, reads: new Map(reads), gives: use.outputs.map(({ name }) => portKey(path, name)) };
  }
}

/** All beginnings of a path that end before its last id. */
const usesAround = (path: PathText): PathText[] => {
  const ids = readPath(path);
  return ids.slice(0, -1).map((_, i) => showPath(ids.slice(0, i + 1)));
};

/** The same in an order in which each follows what it reads, otherwise as they come. */
function inOrder(entities: readonly Entity[]): readonly Entity[] | undefined {
  const maker = new Map(entities.flatMap((entity) => entity.gives.map((key) => [key, entity] as const)));
  const done = new Set<Entity>();
  const open = new Set<Entity>();
  const visit = (entity: Entity): boolean => {
    if (done.has(entity)) return true;
    if (open.has(entity)) return false;
    open.add(entity);
    const isSound = [...entity.reads.values()].every((key) => {
      const from = maker.get(key);
      return from === undefined || visit(from);
    });
    done.add(entity);
    return isSound;
  };
  return entities.every(visit) ? [...done] : undefined;
}

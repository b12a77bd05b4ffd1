/**
 * The statements of all nodes, solved by parts: statements that share no unknown cannot touch each
 * other, so an edit solves again only the parts that it changes. A part is solved in the order of its
 * nodes' ids: what comes out does not tell how the document came about.
 */
import type { Axis } from '../../tensor/axis.ts';
import { key, type Size, substitute, unknown } from '../../tensor/size.ts';
import { type Statement, Unifier, unknownsOf } from '../../tensor/unify.ts';

const noUnknowns: ReadonlySet<string> = new Set();

interface Part {
  readonly owners: readonly string[];
  readonly unknowns: ReadonlySet<string>;
  readonly unifier: Unifier;
  /** Where symbols leave something open: the same with a number for each of them, batches included. */
  readonly bound?: Unifier | undefined;
  /** Its contradictions, once they were asked for. */
  conflicts?: readonly Conflict[];
}

interface Stated {
  readonly statements: readonly Statement[];
  readonly unknowns: readonly string[];
}

/** A contradiction: the statement at which it shows, and a smallest set that cannot hold together. */
export interface Conflict {
  readonly statement: Statement;
  readonly core: readonly Statement[];
}

export class Solver {
  readonly #stated = new Map<string, Stated>();
  /** Nodes that speak of an unknown. */
  readonly #speakers = new Map<string, Set<string>>();
  readonly #partOf = new Map<string, Part>();
  readonly #contradictory = new Set<Part>();
  /** Parts that symbols leave open. */
  readonly #open = new Set<Part>();
  readonly #restated = new Set<string>();
  #constants: ReadonlyMap<string, Size> = new Map();
  /** Numbers of all symbols: what is open for some batches must be right for the one there is. */
  #numbers: ReadonlyMap<string, Size> = new Map();

  /** Replaces what a node states. */
  state(owner: string, statements: readonly Statement[]): void {
    const before = this.#stated.get(owner);
    if (before === undefined && statements.length === 0) return;
    this.#restated.add(owner);
    for (const id of before?.unknowns ?? []) this.#speakers.get(id)?.delete(owner);
    this.#stated.delete(owner);
    if (statements.length === 0) return;
    const unknowns = [
      ...new Set(statements.flatMap(({ left, right }) => [left, right].flatMap((a) => unknownsOf(a.size)))),
    ];
    this.#stated.set(owner, { statements, unknowns });
    for (const id of unknowns) {
      const speakers = this.#speakers.get(id);
      if (speakers) speakers.add(owner);
      else this.#speakers.set(id, new Set([owner]));
    }
  }

  /** Sizes of the symbols that are fixed for the whole document. */
  setConstants(constants: ReadonlyMap<string, Size>): void {
    this.#constants = constants;
    for (const owner of this.#stated.keys()) this.#restated.add(owner);
  }

  /** Sizes of all symbols as they are now: what symbols leave open is solved again. */
  setNumbers(numbers: ReadonlyMap<string, Size>): void {
    this.#numbers = numbers;
    for (const { owners } of this.#open) for (const owner of owners) this.#restated.add(owner);
  }

  /** Solves what was stated anew; gives the unknowns that now have another size. */
  solve(): ReadonlySet<string> {
    if (this.#restated.size === 0) return noUnknowns;
    const old = new Set<Part>();
    const owners = new Set(this.#restated);
    for (const owner of this.#restated) this.#retire(owner, old);
    this.#restated.clear();
    for (const part of old) for (const owner of part.owners) owners.add(owner);
    const fresh: Part[] = [];
    for (const owner of [...owners].sort())
      if (this.#stated.has(owner) && !this.#partOf.has(owner)) fresh.push(this.#solvePart(owner));
    return this.#moved(old, fresh);
  }

  /** Takes out the parts that a node's statements belonged to and belong to now. */
  #retire(owner: string, retired: Set<Part>): void {
    const retire = (other: string) => {
      const part = this.#partOf.get(other);
      if (!part) return;
      retired.add(part);
      this.#contradictory.delete(part);
      this.#open.delete(part);
      for (const member of part.owners) this.#partOf.delete(member);
    };
    retire(owner);
    for (const id of this.#stated.get(owner)?.unknowns ?? [])
      for (const other of this.#speakers.get(id) ?? []) retire(other);
  }

  /** The part that a node's statements are in, solved. */
  #solvePart(start: string): Part {
    const owners = new Set([start]);
    const unknowns = new Set<string>();
    for (const owner of owners)
      for (const id of this.#stated.get(owner)?.unknowns ?? []) {
        unknowns.add(id);
        for (const speaker of this.#speakers.get(id) ?? []) owners.add(speaker);
      }
    const sorted = [...owners].sort();
    const statements = sorted.flatMap((owner) => this.#stated.get(owner)?.statements ?? []);
    const unifier = new Unifier(this.#constants, statements);
    const bound = unifier.isOpen ? new Unifier(this.#numbers, statements) : undefined;
    const part: Part = { owners: sorted, unknowns, unifier, bound };
    for (const owner of sorted) this.#partOf.set(owner, part);
    if (unifier.conflicts.length + (bound?.conflicts.length ?? 0) > 0) this.#contradictory.add(part);
    if (unifier.isOpen) this.#open.add(part);
    return part;
  }

  #moved(old: Iterable<Part>, fresh: readonly Part[]): Set<string> {
    const moved = new Set<string>();
    const was = new Map<string, string>();
    for (const { unknowns, unifier } of old)
      for (const id of unknowns) was.set(id, key(unifier.resolve(unknown(id))));
    for (const { unknowns, unifier } of fresh)
      for (const id of unknowns) {
        const before = was.get(id) ?? `1*?${id}`;
        if (before !== key(unifier.resolve(unknown(id)))) moved.add(id);
        was.delete(id);
      }
    for (const [id, before] of was) if (before !== `1*?${id}`) moved.add(id);
    return moved;
  }

  #unifierOf(id: string): Unifier | undefined {
    const [speaker] = this.#speakers.get(id) ?? [];
    return speaker === undefined ? undefined : this.#partOf.get(speaker)?.unifier;
  }

  /** A size with all that is known put in. */
  resolve(size: Size): Size {
    return substitute(size, (atom) =>
      atom.kind === 'unknown' ? this.#unifierOf(atom.id)?.resolve(unknown(atom.id)) : undefined,
    );
  }

  /** The statement that told an unknown its size, and the side of it that did. */
  told(id: string): { readonly statement: Statement; readonly by: Axis } | undefined {
    return this.#unifierOf(id)?.solution(id);
  }

  /** What a few statements tell by themselves: of a core, without the one that contradicts the others. */
  alone(statements: readonly Statement[]): Pick<Solver, 'resolve' | 'told'> {
    const unifier = new Unifier(this.#constants, statements);
    return { resolve: (size) => unifier.resolve(size), told: (id) => unifier.solution(id) };
  }

  conflicts(): readonly Conflict[] {
    const parts = [...this.#contradictory].sort((a, b) =>
      (a.owners[0] as string) < (b.owners[0] as string) ? -1 : 1,
    );
    return parts.flatMap((part) => {
      const isOfSymbols = part.unifier.conflicts.length > 0;
      const unifier = isOfSymbols ? part.unifier : (part.bound as Unifier);
      const numbers = isOfSymbols ? this.#constants : this.#numbers;
      part.conflicts ??= distinct(
        unifier.conflicts.map((statement) => this.#conflict(statement, unifier, numbers)),
      );
      return part.conflicts;
    });
  }

  /** Statements that contradict others under these sizes of the symbols, of those that symbols leave open. */
  conflictsUnder(numbers: ReadonlyMap<string, Size>): readonly Statement[] {
    return [...this.#open].flatMap(({ owners }) => {
      const statements = owners.flatMap((owner) => this.#stated.get(owner)?.statements ?? []);
      return new Unifier(numbers, statements).conflicts;
    });
  }

  /**
   * The conflict of a statement; that of fewer nodes where some of its own contradict each other without the
   * rest. What a few statements of a node tell is no smaller mistake than what the whole node does.
   */
  #conflict(statement: Statement, unifier: Unifier, numbers: ReadonlyMap<string, Size>): Conflict {
    const core = unifier.core(statement);
    const only = (owners: readonly string[]) =>
      new Unifier(
        numbers,
        owners.flatMap((owner) => this.#stated.get(owner)?.statements ?? []),
      );
    const contradicts = (owners: readonly string[]) => only(owners).conflicts.length > 0;
    const all = [...new Set(core.map(({ where }) => where.node as string))];
    const fewer = all.reduce((owners, owner) => {
      const others = owners.filter((other) => other !== owner);
      return others.length > 0 && contradicts(others) ? others : owners;
    }, all);
    if (fewer.length === all.length) return { statement, core };
    const alone = only(fewer);
    const [first] = alone.conflicts as [Statement];
    return { statement: first, core: alone.core(first) };
  }
}

/** Each contradiction once. */
const distinct = (conflicts: readonly Conflict[]): readonly Conflict[] =>
  conflicts.filter(({ statement }, i) => conflicts.findIndex((other) => other.statement === statement) === i);

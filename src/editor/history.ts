/**
 * Undo and redo as patches: an entry holds what a command changed, both ways, so its cost is that of
 * the change and not of the document. Entries merge while a gesture lasts (a drag, typing in a field).
 */
import { applyPatches, type Patch } from 'immer';
import { type KeyOrder, ordersOf, restoreOrders } from './key-order.ts';

interface Entry<Place> {
  /** Where the change was made. */
  readonly place: Place;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  readonly ordersBefore: readonly KeyOrder[];
  readonly ordersAfter: readonly KeyOrder[];
}

const capacity = 500;
const samePlace = (a: Patch, b: Patch): boolean =>
  a.path.length === b.path.length && a.path.every((key, i) => key === b.path[i]);

const startsWith = (path: Patch['path'], start: Patch['path']): boolean =>
  start.every((key, i) => key === path[i]);

/** The last patch that writes to a place, or to something around or inside of it; −1 where none does. */
const lastWriteTo = (patches: readonly Patch[], { path }: Patch): number =>
  patches.findLastIndex((other) => startsWith(path, other.path) || startsWith(other.path, path));

/**
 * Two changes as one. What the later writes to a place that the earlier wrote last, as a whole, takes the
 * earlier's place, and the earlier's undoing still holds: a drag of a thousand moves stays one pair of
 * coordinates. Anything else comes after it.
 */
function merged<Place>(first: Entry<Place>, second: Entry<Place>): Entry<Place> {
  const patches = [...first.patches];
  const added: Patch[] = [];
  for (const patch of second.patches) {
    const at = lastWriteTo(first.patches, patch);
    const before = first.patches[at];
    const replaces = patch.op === 'replace' && before && before.op !== 'remove' && samePlace(before, patch);
    if (replaces) patches[at] = { ...before, value: patch.value };
    else added.push(patch);
  }
  // An inverse belongs to the patches of its place; where places lie inside of one another all are kept.
  const undoing = second.inverse.filter((inverse) => lastWriteTo(added, inverse) >= 0);
  return {
    place: first.place,
    patches: [...patches, ...added],
    inverse: [...undoing, ...first.inverse],
    ordersBefore: added.length > 0 ? [...second.ordersBefore, ...first.ordersBefore] : first.ordersBefore,
    ordersAfter: added.length > 0 ? [...first.ordersAfter, ...second.ordersAfter] : first.ordersAfter,
  };
}

/** Whether a merged gesture has come back to where it began: a drag away and back is no step at all. */
const isNothing = ({ patches, inverse }: Entry<unknown>): boolean =>
  patches.length === inverse.length &&
  patches.every(
    (patch) =>
      patch.op === 'replace' &&
      inverse.some((i) => i.op === 'replace' && samePlace(i, patch) && Object.is(i.value, patch.value)),
  );

/** A document out of the history, and where the change was made that it is without, or with, again. */
export interface Travelled<T, Place> {
  readonly document: T;
  readonly place: Place;
}

export class History<T extends object, Place> {
  #past: Entry<Place>[] = [];
  #future: Entry<Place>[] = [];
  /** What the last entry may still be merged with. */
  #gesture: string | undefined;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Records the change of one document into another. Changes in a row with one `gesture` are one entry. */
  record(
    before: T,
    after: T,
    patches: readonly Patch[],
    inverse: readonly Patch[],
    place: Place,
    gesture?: string,
  ): void {
    const ordersBefore = ordersOf(before, after, patches);
    const entry = { place, patches, inverse, ordersBefore, ordersAfter: ordersOf(after, before, patches) };
    const last = gesture !== undefined && gesture === this.#gesture ? this.#past.pop() : undefined;
    const step = last ? merged(last, entry) : entry;
    const nothing = isNothing(step);
    if (!nothing) this.#past.push(step);
    if (this.#past.length > capacity) this.#past.shift();
    this.#future = [];
    this.#gesture = nothing ? undefined : gesture;
  }

  /** The gesture is over: the next change is an entry of its own. */
  settle(): void {
    this.#gesture = undefined;
  }

  /** The document before its last change; undefined where there is none to take back. */
  undo(document: T): Travelled<T, Place> | undefined {
    this.settle();
    const entry = this.#past.pop();
    if (!entry) return undefined;
    this.#future.push(entry);
    const before = applyPatches(document, entry.inverse as Patch[]);
    return { document: restoreOrders(before, entry.ordersBefore), place: entry.place };
  }

  /** The document with the change made again that was taken back last. */
  redo(document: T): Travelled<T, Place> | undefined {
    this.settle();
    const entry = this.#future.pop();
    if (!entry) return undefined;
    this.#past.push(entry);
    const after = applyPatches(document, entry.patches as Patch[]);
    return { document: restoreOrders(after, entry.ordersAfter), place: entry.place };
  }
}

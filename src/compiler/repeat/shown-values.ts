/** What a program shows of a document: the values of its ports, in a repeat those of every iteration. */
import { type PathText, portKey } from '../../base/path.ts';
import type { ValueId } from '../../ir/program.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { RepeatIteration } from '../elaborate/flat.ts';
import type { LowerOptions } from '../lowered.ts';
import { everyIteration, type Frame } from './frame.ts';

/** An output of a node or of a repeat, and what is known of its value. */
export interface ShownPort {
  readonly path: PathText;
  readonly port: string;
  /** Whether another computed node reads it. */
  readonly isRead: boolean;
  readonly type: TensorType | undefined;
  /** The repeats around it. */
  readonly iterations: readonly RepeatIteration[];
}

export class ShownValues {
  /** By the key of the port; likewise the names of the axes. */
  readonly values = new Map<string, ValueId>();
  readonly axes: Record<string, readonly string[]> = {};
  readonly #root: Frame;
  readonly #asked: Pick<LowerOptions, 'show' | 'expose'>;

  constructor(root: Frame, asked: Pick<LowerOptions, 'show' | 'expose'>) {
    this.#root = root;
    this.#asked = asked;
  }

  wants({ path, port, isRead }: ShownPort): boolean {
    const { show, expose } = this.#asked;
    return show?.has(portKey(path, port)) ?? (expose === 'all' || !isRead);
  }

  add({ path, port, type, iterations }: ShownPort, value: ValueId, frame: Frame): void {
    const axes = type?.axes.map((a) => a.name) ?? [];
    frame.lift(value, (stacked) => {
      for (const { path: at, value: of } of everyIteration(this.#root.ir, path, stacked, iterations)) {
        this.values.set(portKey(at, port), of);
        this.axes[portKey(at, port)] = axes;
      }
    });
  }
}

/** What a program shows of a document: the values of its ports, in a repeat those of every iteration. */
import { type PathText, portKey } from '../../base/path.ts';
import type { ValueId } from '../../ir/program.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { RepeatIteration } from '../elaborate/flat.ts';
import type { LowerOptions } from '../lowered.ts';
import type { StackPart } from '../types.ts';
import { indexed } from './aliases.ts';
import type { Frame } from './frame.ts';

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

/** What programs show that are for something else. */
export const noneShown = { axes: {}, parts: {}, keys: new Map<string, string>() } as const;

export class ShownValues {
  /** By the key of the port; of a loop's body, in its first iteration. */
  readonly outputs = new Map<string, ValueId>();
  /** For a port in each further iteration: the key of its output. */
  readonly keys = new Map<string, string>();
  readonly parts: Record<string, StackPart> = {};
  /** Names of axes by the key of the port, iterations apart. */
  readonly axes: Record<string, readonly string[]> = {};
  readonly #asked: Pick<LowerOptions, 'show' | 'expose'>;

  constructor(asked: Pick<LowerOptions, 'show' | 'expose'>) {
    this.#asked = asked;
  }

  wants({ path, port, isRead }: ShownPort): boolean {
    const { show, expose } = this.#asked;
    return show?.has(portKey(path, port)) ?? (expose === 'all' || !isRead);
  }

  add({ path, port, type, iterations }: ShownPort, value: ValueId, frame: Frame): void {
    const axes = type?.axes.map((a) => a.name) ?? [];
    const output = portKey(path, port);
    const loops = iterations.filter(({ isLoop }) => isLoop).length;
    frame.lift(value, (stacked) => {
      this.outputs.set(output, stacked);
      for (const [index, at] of indexed(path, iterations).entries()) {
        const key = portKey(at, port);
        this.axes[key] = axes;
        if (loops > 0) this.parts[key] = { loops, index };
        if (key !== output) this.keys.set(key, output);
      }
    });
  }
}

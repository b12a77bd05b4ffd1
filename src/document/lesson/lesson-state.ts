/** What the goals and figures of a lesson are about: the document as it is checked, and what was measured in it. */
import type { GraphDocument } from '../../../graph-schema/document.ts';

interface PortTypes {
  readonly [port: string]: {
    readonly axes: readonly { readonly name: string; readonly size: number | undefined }[];
  };
}

/** A document and the check of it, as the compiler gives it. */
export interface CheckedDocument {
  readonly document: GraphDocument;
  readonly checked: {
    readonly nodes: Readonly<
      Record<
        string,
        {
          readonly inputs: readonly { readonly name: string }[];
          readonly outputs: readonly { readonly name: string }[];
          readonly inputTypes: PortTypes;
          readonly outputTypes: PortTypes;
        }
      >
    >;
    readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
  };
}

/** Numbers of one state, as the runtime shows them. */
export interface MeasuredState {
  /** By `node.port`. `data`: the first elements, row-major. */
  readonly values: Readonly<
    Record<
      string,
      {
        readonly shape: readonly number[];
        readonly data: ArrayLike<number>;
        readonly min: number;
        readonly max: number;
        readonly mean: number;
        readonly deviation: number;
      }
    >
  >;
  /** The last of each, those of a run before those of the state. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly checks: readonly {
    readonly node: string;
    readonly value: number;
    readonly theory?: number | undefined;
    readonly residual: number;
    readonly met: boolean;
  }[];
  /** Steps of training that have made the state; 0: first values. */
  readonly steps: number;
  /** Whether the student has answered the guess of the step. */
  readonly guessed: boolean;
}

/** The type of a port by its key: of an output, or of an input where there is no output of that name. */
export function typeOfPort(
  { checked }: Pick<CheckedDocument, 'checked'>,
  { node, port }: { readonly node: string; readonly port: string },
): PortTypes[string] | undefined {
  const at = Object.hasOwn(checked.nodes, node) ? checked.nodes[node] : undefined;
  const find = (types: PortTypes = {}) => (Object.hasOwn(types, port) ? types[port] : undefined);
  return find(at?.outputTypes) ?? find(at?.inputTypes);
}

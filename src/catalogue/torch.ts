/**
 * How a node type is written in PyTorch: what `export --to pytorch` is assembled from, and with that the oracle that
 * the parity test holds the node to. Everything is Python source, of PyTorch 1.13 and later, as a person would write
 * it: `torch`, `math`, `nn` (torch.nn) and `F` (torch.nn.functional) are imported.
 */
import { type Text, text } from '../base/text.ts';
import type { BoundType, Initialiser } from './bound.ts';

/** How a tensor of a module's `state_dict` is had from the states of the node. */
export interface TorchState {
  /** The node's own names for its state, as given to `LowerContext.parameter`: several are joined along `joins`. */
  readonly of: string | readonly string[];
  /** The order of the node's axes in PyTorch, as `Tensor.permute` takes it: [1, 0] for the weight of a Linear. */
  readonly axes?: readonly number[];
  /** PyTorch's shape of each, after `axes`, where it differs in more than order. */
  readonly shape?: readonly number[];
  /** The axis along which several states stand one behind the other; 0 when left out. */
  readonly joins?: number;
}

export interface TorchContext<P> {
  readonly params: P;
  /** Python names of what is wired, by port. An optional port without a wire is not here. */
  readonly inputs: Readonly<Record<string, string>>;
  /**
   * Types under the document's sizes. A size that may be another when rows are evaluated that were held back must
   * not stand in the code as a number: see `length`.
   */
  readonly inputTypes: Readonly<Record<string, BoundType>>;
  readonly outputTypes: Readonly<Record<string, BoundType>>;
  /** A size that the user wrote in a parameter, as a number. */
  size(written: number | string): number;
  /** The size of an input's axis in Python: a number, or `x.shape[0]` where it depends on the size of a batch. */
  length(port: string, axis: number): string;
  /** The size of an output's axis in Python: a number, or what the first input with such an axis has. */
  outputLength(port: string, axis: number): string;
  /**
   * A module made in `__init__` by `code` (`nn.Linear(64, 10)`); the result is what `forward` calls it by
   * (`self.hidden`). `state` says where each tensor of its state_dict comes from, by PyTorch's name of it; what is
   * left out is state of PyTorch's alone. To be called once for each `part`, which is needed where there are several.
   */
  module(code: string, state?: Readonly<Record<string, TorchState>>, part?: string): string;
  /** An `nn.Parameter` of its own, for the node's state of this name and in its shape; how it begins is for a script that has no weights. */
  parameter(name: string, shape: readonly number[], init: Initialiser): string;
  /** State that is not trained, a registered buffer; assign to what comes back to change it, while training alone. */
  buffer(name: string, shape: readonly number[], init?: Initialiser): string;
  /** The number that a scalar output is whatever is computed, such as a cost: undefined where it depends on more than sizes. */
  known(port: string): number | undefined;
  /** Numbers that never change, such as a mask or a table: a registered buffer made by `code` once, in no state_dict. */
  constant(name: string, code: string): string;
  /** Writes `name = code` as a line of its own before the node's outputs; the result is the name, made unique. */
  let(name: string, code: string): string;
  /** Writes a statement as a line of its own; it may have lines below it, indented by four blanks. */
  line(code: string): void;
  /** A definition at the top of the file (`def rms_norm(x, weight): …`, or a class), once, however many nodes ask for it. The result is its name. */
  helper(code: string): string;
  /** `torch.rand(shape)`: numbers evenly spread over [0, 1), as `LowerContext.random` in the same order. The shape is Python: `x.shape`. */
  random(shape: string): string;
  /** What `LowerContext.drawn` gives: a buffer of random numbers that is filled once, in the shape that it is asked for there. */
  drawn(fill: 'uniform' | 'normal', shape?: readonly number[]): string;
  /** Rows of a data set's column for this step. */
  data(column: string): string;
  /** A tensor that is given from outside; without, these numbers. */
  feed(port: string, shape: readonly number[], standIn?: readonly number[]): string;
  /** The number of this training step, a Python number. */
  step(): string;
  /**
   * What is wired to the port `of` as a Python function of what is wired to the ports `by`, in their order; without
   * any, of no argument: it is computed again with the parameters as they are then.
   */
  function(of: string, by: readonly string[]): string;
  /** The trainable parameters that what is wired to the port depends on: a Python list, in document order; with a tag, those of them that are found by it. */
  parametersOf(port: string, tag?: string): string;
  /** `True` in Python while the graph is trained: `self.training`. */
  readonly training: string;
  /**
   * For optimizers: the expression that makes one for parameters (a Python expression), such as
   * `torch.optim.SGD(${parameters}, lr=0.1)`. `closure`: it asks for the loss at other points, as L-BFGS does, by the
   * closure that PyTorch's `step` takes. `settings`: what of its groups comes along wires, beside the rate, by port.
   * `clip`: lines between the gradients and the step. `groupOf`: settings of the parameters with some tags, where they
   * are others; `factor` is that of a rate that comes along a wire. `average`: what is evaluated in the place of the
   * parameters, their running average with this decay, or without one their mean, from this step on.
   */
  optimizer(
    make: (parameters: string) => string,
    options?: {
      readonly closure?: boolean;
      readonly settings?: Readonly<Record<string, string>>;
      clip?(parameters: string): readonly string[];
      groupOf?(tags: readonly string[]): Readonly<Record<string, number>> | undefined;
      readonly average?: TorchAverage | undefined;
    },
  ): void;
  /** A named scalar for the log. */
  metric(name: string, code: string): void;
  /** For checks: what is measured, in Python scalars. */
  check(measured: Readonly<Record<'value' | 'residual' | 'tolerance', string> & { theory?: string }>): void;
}

/** Of the parameters that an optimizer trains. */
export interface TorchAverage {
  readonly decay?: number;
  readonly from: number;
}

/** What a node type says in place of PyTorch where it has no meaning there. */
export interface Unsupported {
  readonly why: Text;
}

/** For node types that compute nothing, as pictures, or nothing that PyTorch could: the export leaves them out and says why. */
export const unsupported = (why: Text): Unsupported => ({ why });

/** One expression for each output. It may be used several times: what is dear goes through `let`. */
export type Torch<P> = ((context: TorchContext<P>) => Readonly<Record<string, string>>) | Unsupported;

/** A Python tuple of these, also of one or none. */
export const tuple = (items: readonly (string | number)[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;

/** A number as Python writes it. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'math.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'math.inf' : '-math.inf';
  return Object.is(value, -0) ? '-0.0' : String(value).replace('e+', 'e');
}

export const pythonBoolean = (value: boolean): string => (value ? 'True' : 'False');

export type PythonValue = number | boolean | string | undefined;

const pythonValue = (value: Exclude<PythonValue, undefined>): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? pythonNumber(value) : pythonBoolean(value);
};

/** `name(x, lr=0.1, nesterov=True)`: strings are Python, keywords that are undefined are left out. */
export const pythonCall = (
  name: string,
  given: readonly string[],
  keywords: Readonly<Record<string, PythonValue>>,
): string => {
  const named = Object.entries(keywords).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${pythonValue(value)}`],
  );
  return `${name}(${[...given, ...named].join(', ')})`;
};

/** The same with a point, so that a tensor of them is one of floats. */
export const pythonFloat = (value: number): string => {
  const written = pythonNumber(value);
  return /^-?\d+$/.test(written) ? `${written}.0` : written;
};

/** Numbers, row-major, as nested lists of a shape. */
function nested(values: ArrayLike<number>, [first, ...rest]: readonly number[], from = 0): string {
  if (first === undefined) return pythonFloat(values[from] ?? 0);
  const size = rest.reduce((n, m) => n * m, 1);
  return `[${Array.from({ length: first }, (_, i) => nested(values, rest, from + i * size)).join(', ')}]`;
}

/** `torch.tensor([[1.0, 2.0]])`: these numbers, row-major. */
export const tensorCode = (values: ArrayLike<number>, shape: readonly number[]): string =>
  shape.includes(0) ? `torch.zeros${tuple(shape)}` : `torch.tensor(${nested(values, shape)})`;

/** A helper: the derivative of a scalar by a tensor, which can be differentiated again; 0 where it does not depend on it. */
export const torchGradient = `def gradient(of, by):
    """The derivative of a scalar by a tensor, which can be differentiated again."""
    if not (of.requires_grad and by.requires_grad):
        return torch.zeros_like(by)
    (slope,) = torch.autograd.grad(of, by, create_graph=True, allow_unused=True)
    return torch.zeros_like(by) if slope is None else slope`;

/** A helper: a tensor's change along a direction, forward mode out of two derivatives in reverse. */
export const torchDirectional = `def directional(of, by, along):
    """The change of a tensor as another moves along a direction: the derivative of a gradient by its weights."""
    if not (of.requires_grad and by.requires_grad):
        return torch.zeros_like(of)
    weights = torch.zeros_like(of, requires_grad=True)
    (slope,) = torch.autograd.grad(of, by, weights, create_graph=True, allow_unused=True)
    if slope is None or not slope.requires_grad:
        return torch.zeros_like(of)
    (change,) = torch.autograd.grad(slope, weights, along, create_graph=True, allow_unused=True)
    return torch.zeros_like(of) if change is None else change`;

/** Why pictures are left out. */
export const picturesInTorch = text(
  'it only draws what comes in, and PyTorch draws no pictures',
  '它只把输入画出来，而 PyTorch 不作图',
);

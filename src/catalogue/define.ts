/**
 * How a node type is declared. One file holds all the product knows of a type; palette, inspector,
 * ports, checking, lowering, docs and tests follow from it with no second edit.
 */
import type { z } from 'zod';
import type { Code, ValuesOfCode } from '../base/codes.ts';
import type { Place, Told } from '../base/diagnostic.ts';
import type { Json, PortRef } from '../base/edit.ts';
import type { Text } from '../base/text.ts';
import type { SsaPath } from '../contraction/index.ts';
import type { Normalising, OwnData, SplitKind, TextColumns } from '../datasets/index.ts';
import type { Builder } from '../ir/builder.ts';
import type { Shape, ValueId } from '../ir/program.ts';
import type { Evaluation, TensorFunction } from '../ir/tensor-function.ts';
import type { Axis, TensorType } from '../tensor/axis.ts';
import type { Size } from '../tensor/size.ts';
import type { Misfit, Proposal, SeenAxis } from './adapt.ts';
import type { BoundType, Initialiser } from './bound.ts';
import type { ParamsMigration } from './migrations.ts';
import type { LabelSeries } from './new-labels.ts';
import type { Torch } from './torch.ts';

export const categories = [
  'tensor',
  'data',
  'contraction',
  'math',
  'layer',
  'loss',
  'optimizer',
  'metric',
  'check',
  'output',
  'picture',
  'block',
] as const;
export type Category = (typeof categories)[number];

export type PictureKind =
  | 'plot'
  | 'histogram'
  | 'landscape'
  | 'phase-portrait'
  | 'bodies'
  | 'stability'
  | 'matrix';

/** What a port is for, where that does not follow from shapes: by it wires are proposed, never refused. */
export type PortMeaning = 'features' | 'labels' | 'scores' | 'loss' | 'metric';

export interface PortSpec {
  readonly name: string;
  readonly title?: Text;
  readonly optional?: boolean;
  readonly meaning?: PortMeaning;
}

/** What the ports may depend on: contract grows an input for each wire. */
export interface PortContext<P> {
  readonly params: P;
  /** Names of the inputs that have a wire now. */
  readonly wired: readonly string[];
}

export interface InferContext<P> {
  readonly params: P;
  /** Types of the wired inputs. A required input is always here. */
  readonly inputs: Readonly<Record<string, TensorType>>;
  /** A size the graph has yet to solve. */
  fresh(): Size;
  /** A size that the user wrote in a parameter: a number, a symbol such as `B`, an expression such as `2*d`. */
  size(written: number | string, param: string): Size;
  /**
   * States that two axes have one size; `where` is the port at which they meet. A contradiction is
   * reported with both origins. The result is the axis to go on with: named like `left`, and
   * remembering where its size came from.
   */
  unify(left: Axis, right: Axis, where: Place): Axis;
  /** Says what is wrong at a port or parameter of this node. */
  report<C extends Code>(code: C, place: Place, ...told: Told<C>): void;
}

/** What a check measures: scalars. It is met where the residual is at most the tolerance, and never where one is NaN. */
export interface MeasuredCheck {
  readonly value: ValueId;
  /** What the value should be, where there is such a number. */
  readonly theory?: ValueId;
  /** How far it is from what it should be, in the units of the tolerance; never negative. */
  readonly residual: ValueId;
  readonly tolerance: ValueId;
  /** What the theory follows from, where that is worth showing beside it: an eigenvalue. */
  readonly basis?: ValueId;
}

/** What is read off an optimizer: a check that is measured in its place. */
export interface OptimizerReading<P> {
  /** The type of the check, whose `followsOptimizer` names the port that is given the loss. */
  readonly check: string;
  /** Those of its parameters that follow from the optimizer's. */
  params(params: P): Readonly<Record<string, unknown>>;
}

export interface LowerContext<P> {
  readonly params: P;
  readonly inputs: Readonly<Record<string, ValueId>>;
  /** Concrete types of inputs and outputs of this node, as checked and bound. */
  readonly inputTypes: Readonly<Record<string, BoundType>>;
  readonly outputTypes: Readonly<Record<string, BoundType>>;
  readonly ir: Builder;
  /** A size that the user wrote in a parameter, as a number. */
  size(written: number | string): number;
  /** Trainable state of this node. */
  parameter(name: string, shape: Shape, init: Initialiser): ValueId;
  /** Other state (moments, counters). Starts at zero unless told otherwise. */
  state(name: string, shape: Shape, init?: Initialiser): ValueId;
  /**
   * What an optimizer keeps for a parameter: of the parameter's shape (moments), or one number (counters); 0 to
   * begin with. It begins anew where the parameter does, and is one for each repeat where the parameter is:
   * a count then has the shape of the parameter's leading axes, those of the repeats. An average is of the parameter's
   * shape and stands in for it in evaluations and predictions (`keepAverage`).
   */
  stateOf(parameter: ValueId, name: string, kind: 'like' | 'count' | 'average'): ValueId;
  /** By what a trainable parameter can be found: tags of its node and of the blocks around it, its name in the node, the node's type. */
  tagsOf(parameter: ValueId): readonly string[];
  /** A tensor that is given from outside, and the numbers that stand in for it until then: zeros when left out. */
  feed(port: string, shape: Shape, standIn?: readonly number[]): ValueId;
  /** The state takes this value when the step is done; in a program that does not train, it stays. */
  update(state: ValueId, value: ValueId): void;
  /** Trainable parameters that `value` depends on, in document order. */
  trainable(value: ValueId): readonly ValueId[];
  /**
   * What is wired to `loss`, a scalar, as a function of the parameters that it depends on: takes one value
   * for each of `trainable(loss)`, in that order and of its shape, and may be asked at any number of points.
   */
  objective(): (parameters: readonly ValueId[]) => Evaluation;
  /**
   * What is wired to the port `of` as a function of what is wired to the ports `by`, or, where none of these is wired,
   * of the trainable parameters that it depends on: to be evaluated at any points, in the bodies of loops too. Random
   * draws and data are those of this step at every point. Parameters count outside of repeats only. See `evaluates`.
   */
  function(of: string, by: readonly string[]): TensorFunction;
  /** The number of this training step, a scalar: 0 in the first; it goes on where a resumed run went on. */
  step(): ValueId;
  /** The rows of a data set's column for this step. */
  data(column: string): ValueId;
  /**
   * Numbers that are drawn once for a run: evenly spread over (−1, 1), or normal of mean 0 and deviation 1. The
   * run's seed and the node's path decide them. To be called once.
   */
  drawn(fill: 'uniform' | 'normal', shape: Shape): ValueId;
  /** Numbers evenly spread over (0, 1), anew in each step and for each call. */
  random(shape: Shape): ValueId;
  /** Whether this program is the one that changes parameters. */
  readonly training: boolean;
  /** Says that the numbers at an input choose among `count`: any that is not 0 … count − 1, or `ignored`, is told. */
  chooses(port: string, count: number, ignored?: number): void;
  /** Makes a value known to the host under a name, for curves. */
  metric(name: string, value: ValueId): void;
  /**
   * For nodes of the category `check`, which are lowered into a program of their own (`checks`), so that nothing
   * else pays for what they measure: what this one measures. To be called once. They own no state.
   */
  check(measured: MeasuredCheck): void;
}

/** A node alone: parameters, shapes in, and what must come out. Every example is a test on every engine. */
export interface Example {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, { readonly axes: string; readonly values?: readonly number[] }>>;
  /** Output axes in the notation `i 3, j 4`, and values where they are worth stating. */
  readonly expect: Readonly<Record<string, { readonly axes: string; readonly values?: readonly number[] }>>;
  /** Numbers of the node's own state by name (`weight`, `bias`), row-major: the rest takes its first values. */
  readonly state?: Readonly<Record<string, readonly number[]>>;
  /** For a check: what it measures. */
  readonly check?: {
    readonly value: number;
    readonly theory?: number;
    readonly residual: number;
    readonly met: boolean;
  };
  /** For an optimizer: θ to begin with, the loss being Σ θ², and what θ is after so many steps. */
  readonly training?: {
    readonly from: readonly number[];
    readonly after: Readonly<Record<number, readonly number[]>>;
  };
  /**
   * What is drawn from some inputs to others, in nodes by id and wires such as `in-x.out > square.x`; `in-x` is what
   * `inputs` says of x, which need not be a port of the node then. The node itself is `node`.
   */
  readonly drawn?: {
    readonly nodes: Readonly<
      Record<string, { readonly type: string; readonly params?: Readonly<Record<string, Json>> }>
    >;
    readonly wires: readonly string[];
  };
  /** Outputs that another program may rightly give otherwise, as the signs and bases of eigenvectors: not compared. */
  readonly ambiguous?: readonly string[];
  /** Inputs by which a derivative is not tested: integers, kinks. */
  readonly notDifferentiable?: readonly string[];
}

/** A network in names: those of the input ports, and of the indices on each. */
export interface NodeNetwork {
  readonly ports: readonly string[];
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  /** Sizes of indices that are the node's own: such a network is looked at and ordered, not edited. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** The contraction path that the parameters keep; undefined: one is searched. */
  readonly path: SsaPath | undefined;
  /** What the parameters become when this path is kept, or, without one, none. */
  readonly keep: (path: SsaPath | undefined) => Readonly<Record<string, unknown>>;
  /** What the parameters become when the operands, as many as there are, and the result have these indices. */
  readonly write: (
    inputs: readonly (readonly string[])[],
    output: readonly string[],
  ) => Readonly<Record<string, Json>>;
}

/** Nodes and wires that compute what one node does. */
export interface OpenedDrawing {
  readonly nodes: Readonly<
    Record<string, { readonly type: string; readonly params: Readonly<Record<string, Json>> }>
  >;
  readonly wires: readonly { readonly from: PortRef; readonly to: PortRef }[];
  /** What each input of the node goes into. */
  readonly inputs?: Readonly<Record<string, PortRef>>;
  /** Where each output of the node is made. */
  readonly outputs: Readonly<Record<string, PortRef>>;
}

/** Why an output of a node has no size, told at the axis of an input that is to blame. */
export interface Misplaced {
  readonly axis: string;
  readonly values: ValuesOfCode<'window-too-large'>;
}

/**
 * What the numbers of a weight are to each other: kernels of a convolution, [out, in, …]; those of a transposed one,
 * [in, out, …], as in PyTorch; or a row for each thing that is looked up.
 */
export type WeightForm = 'kernel' | 'transposed-kernel' | 'rows';

/** A distribution: of mean and standard deviation, of centre and half-width, or of one value. */
export interface DrawnFrom {
  readonly distribution: 'normal' | 'uniform' | 'constant';
  readonly value: number;
  readonly scale: number;
}

export interface NodeDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly category: Category;
  readonly title: Text;
  /** One sentence, and the formula. */
  readonly doc: Text;
  readonly glyph: string;
  readonly params: S;
  /** How parameters that the type had in older documents become those it has now. */
  readonly migrations?: readonly ParamsMigration[];
  readonly inputs: readonly PortSpec[] | ((context: PortContext<z.output<S>>) => readonly PortSpec[]);
  readonly outputs: readonly PortSpec[] | ((context: PortContext<z.output<S>>) => readonly PortSpec[]);
  /** A line under the title on the canvas, in mathematical type: `ij, jk → ik`. */
  summary?(params: z.output<S>, wired: readonly string[]): string;
  /** Types of the outputs; an output that is left out has no type, and a diagnostic says why. */
  infer(context: InferContext<z.output<S>>): Readonly<Record<string, TensorType | undefined>>;
  lower(context: LowerContext<z.output<S>>): Readonly<Record<string, ValueId>>;
  /** The same in PyTorch. */
  readonly torch: Torch<z.output<S>>;
  readonly examples: readonly Example[];
  /** The network of tensors that a node contracts, where its path may be chosen. */
  network?(params: z.output<S>, inputs: Readonly<Record<string, readonly string[]>>): NodeNetwork | undefined;
  /** The drawing that a node stands for, where it can be put in its place. */
  opens?(params: z.output<S>): OpenedDrawing | undefined;
  /** How a node of this type, put into a wire that does not fit, might make it fit. */
  adapt?(misfit: Misfit): readonly Proposal[];
  /** Parameters with which this node might accept what is wired to it, by input. */
  repair?(params: z.output<S>, inputs: Readonly<Record<string, readonly SeenAxis[]>>): readonly Proposal[];
  /** What it parts widths into equally, with a blank before it: “ heads”. */
  readonly parts?: Text;
  /** Why windows of the node have no place on what it gets, once its sizes are known: told instead of a size below 1. */
  misfit?(params: z.output<S>, inputs: Readonly<Record<string, readonly SeenAxis[]>>): Misplaced | undefined;
  /** How windows slide along the last axes of what comes in. */
  windows?(
    params: z.output<S>,
  ): readonly { readonly kernel: number; readonly stride: number; readonly dilation: number }[];
  /** Declares the data a node brings into a run; only data-set nodes do. */
  dataset?(params: z.output<S>): {
    readonly name: string;
    readonly options: Readonly<Record<string, unknown>>;
    readonly rows: number;
    /** Rows that no split may part: see `DataHeader.rowsOfGroup`. */
    readonly group: number;
    readonly own?: OwnData | undefined;
    readonly batch: string;
    /** Set where training rows are drawn with replacement, instead of in shuffled epochs. */
    readonly replacement?: boolean;
    readonly testFraction: number;
    readonly splitSeed: number;
    /** How rows are held back, where not at random. */
    readonly splitBy?: Exclude<SplitKind, 'random'>;
    /** The column of the classes that a stratified split keeps in proportion. */
    readonly classColumn?: string;
    readonly normalise?: Normalising;
    /** What the classes of columns are called. */
    readonly classNames?: Readonly<Record<string, readonly string[]>>;
    /** Set where its rows are text. */
    readonly text?: TextColumns | undefined;
  };
  /** How its tensor `weight` can be looked at besides its numbers. */
  readonly weightForm?: WeightForm;
  /** For a node whose one output `y` may be drawn instead of computed, when samples are taken from the model. */
  draws?(params: z.output<S>): DrawnFrom;
  /** The parameter with the values that stand in for what comes from outside. Its output may be given. */
  readonly standIn?: string;
  /** Whether training may change something in the node; `wired`: its inputs that have a wire. */
  learns?(params: z.output<S>, wired: readonly string[]): boolean;
  /**
   * Axes whose sizes are those of what it learns or keeps. Required of types that do: such a size must not be another
   * when rows are evaluated that were held back.
   */
  learnedAxes?(
    params: z.output<S>,
    inputs: Readonly<Record<string, TensorType>>,
    outputs: Readonly<Record<string, TensorType>>,
  ): readonly Axis[];
  /**
   * Axes over which it takes mean and variance while it is trained: together they need more than one element, which
   * is told where a graph is trained under sizes that have one.
   */
  averages?(params: z.output<S>, inputs: Readonly<Record<string, TensorType>>): readonly Axis[];
  /** Inputs through which no gradient passes, whatever is wired to them, or what is of these types. */
  readonly detached?:
    | readonly string[]
    | ((inputs: Readonly<Record<string, TensorType>>) => readonly string[]);
  /** The inputs of a derivative: the function, and what it is taken by. */
  readonly differentiates?: { readonly of: string; readonly by: string };
  /**
   * The inputs of a function that the node evaluates at other points, by `LowerContext.function`, and about how many
   * times as large as the function the program gets by it: 1 when left out. Functions within functions multiply.
   */
  readonly evaluates?: { readonly of: string; readonly by: readonly string[]; readonly times?: number };
  /** What the node makes known by `metric`: it is evaluated on rows that were held back. */
  readonly measures?: string;
  /** Why outputs may not be finite although the inputs are, without a full stop: told to those whose run has stopped at it. */
  readonly notFinite?: Text;
  /** A node that ends a training step: it owns state and drives the run. */
  readonly trains?: boolean;
  /** What is measured of an optimizer unasked, where that is cheap, and shown on its card. */
  readonly reading?: OptimizerReading<z.output<S>>;
  /**
   * For a check that may be about an optimizer: the port by which it knows which, the one that trains what is wired
   * there. Its wires to inputs of the check's names, and what its `reading` says, stand in place of the check's own.
   */
  followsOptimizer?(params: z.output<S>): string | undefined;
  /** A node that reads and updates state of its own in each step, and trains nothing. */
  readonly keepsState?: boolean;
  /** What comes in goes out unchanged, under another name: such a node computes nothing of its own. */
  readonly transparent?: boolean;
  /** Sizes that its defaults name: a document that does not know them learns them with a new node of the type. */
  readonly symbols?: Readonly<Record<string, number>>;
  /** Parameters that are records, with the schema that the other parameters decide. */
  inner?(params: z.output<S>): Readonly<Record<string, z.ZodObject>>;
  /** How new nodes of the type are called, where not by its title. */
  readonly labels?: LabelSeries;
  /** Parameters that a new node of this definition begins with. */
  readonly preset?: Readonly<Record<string, Json>>;
  /** How the canvas draws the body where its category's way would not do: a delta is drawn as its contracted index alone. */
  readonly drawing?: 'delta';
  /** How the page draws what comes in: only nodes of the category `picture` have it. */
  readonly picture?: PictureKind;
}

/** A definition whose parameters are checked before use: shared code holds them without knowing their type. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are opaque here and parsed by their own schema.
export type AnyNodeDefinition = NodeDefinition<any>;

export const defineNode = <S extends z.ZodObject>(definition: NodeDefinition<S>): NodeDefinition<S> =>
  definition;

export type { Axis, TensorType };

/**
 * What a random document wires to a node of each type, and with which parameters, so that most often it passes the
 * check. A type that is not named here takes any output at `x`, and its defaults.
 */
import { catalogue } from '../../src/catalogue/index.ts';
import { type Axes, type Chooser, type Output, ofRank, type Params } from './sound-chooser.ts';
import { imageInputs, imageParams } from './sound-images.ts';

const functions = ['relu', 'tanh', 'gelu', 'exp', 'abs', 'sigmoid', 'silu', 'square', 'log', 'sqrt'];

function labels(grower: Chooser, outputs: readonly Output[]): readonly Output[] {
  const { nodes } = grower.document;
  return outputs.filter(({ ref }) => ref.port === 'y' && nodes[ref.node]?.type === 'dataset');
}

/** Now and then so large that the run diverges. */
const rate = (grower: Chooser): number => (grower.chance(8) ? 1e30 : 0.01);

/** A curve and its places. */
function curveOf(grower: Chooser, outputs: readonly Output[]): Readonly<Record<string, Output>> {
  const potential = ofRank(grower, outputs, [1]);
  return { potential, places: grower.like(outputs, potential.axes) };
}

/** What the ports of a type say of themselves: a loss is a scalar, labels are class numbers, others are alike. */
function byPorts(
  grower: Chooser,
  type: string,
  x: Output,
  scalar: Output,
  outputs: readonly Output[],
): Readonly<Record<string, Output>> {
  const definition = catalogue.find((d) => d.type === type);
  if (!definition) return { x };
  const params = definition.params.safeParse({});
  const ports =
    typeof definition.inputs === 'function'
      ? definition.inputs({ params: params.data ?? {}, wired: [] })
      : definition.inputs;
  return Object.fromEntries(
    ports
      .filter(({ optional }) => !optional)
      .map(({ name, meaning }, k): [string, Output] => {
        if (meaning === 'loss' || name === 'loss') return [name, scalar];
        const asksRows = meaning === 'labels' || name === 'target';
        const rows = asksRows ? labels(grower, outputs) : [];
        const fitting = rows.filter(({ axes }) => axes.length === x.axes.length - 1);
        if (fitting.length > 0 && grower.chance(85)) return [name, grower.pick(fitting)];
        return [name, k === 0 ? x : grower.like(outputs, x.axes)];
      }),
  );
}

export function inputsOf(
  grower: Chooser,
  type: string,
  outputs: readonly Output[],
): Readonly<Record<string, Output>> {
  const x = grower.any(outputs);
  const scalars = outputs.filter(({ axes }) => axes.length === 0);
  const scalar = scalars.length > 0 ? grower.pick(scalars) : x;
  switch (type) {
    case 'add':
    case 'multiply':
      return { a: x, b: grower.like(outputs, x.axes) };
    case 'concat':
    case 'contraction-cost':
    case 'contract': {
      const many = Array.from({ length: grower.below(3) }, () => grower.like(outputs, x.axes));
      return Object.fromEntries([x, ...many].map((output, i) => ['abcd'.charAt(i), output]));
    }
    case 'mse':
      return { prediction: x, target: grower.like(outputs, x.axes) };
    case 'cross-entropy':
    case 'accuracy': {
      const rows = labels(grower, outputs).filter(({ axes }) => axes.length === x.axes.length - 1);
      return {
        logits: x,
        target: rows.length > 0 && grower.chance(85) ? grower.pick(rows) : grower.like(outputs, x.axes),
      };
    }
    case 'attention':
      return {
        q: x,
        k: grower.chance(50) ? x : grower.like(outputs, x.axes),
        v: grower.chance(50) ? x : grower.like(outputs, x.axes),
        ...(grower.chance(20) && { mask: ofRank(grower, outputs, [2]) }),
        ...(grower.chance(20) && { padding: ofRank(grower, outputs, [1, x.axes.length - 1]) }),
      };
    case 'multi-head-attention':
      return {
        x,
        ...(grower.chance(40) && { context: grower.like(outputs, x.axes) }),
        ...(grower.chance(20) && { padding: ofRank(grower, outputs, [1, x.axes.length - 1]) }),
      };
    case 'gru':
    case 'lstm':
    case 'recurrent':
      return { x, ...(grower.chance(20) && { h0: grower.any(outputs) }) };
    case 'linear':
      return { x, ...(grower.chance(10) && { weight: ofRank(grower, outputs, [2]) }) };
    case 'compare':
      return { a: x, ...(grower.chance(50) && { b: grower.like(outputs, x.axes) }) };
    case 'stack':
      return { a: x, b: grower.like(outputs, x.axes) };
    case 'formula':
      return { x, ...(grower.chance(60) && { y: grower.like(outputs, x.axes) }) };
    case 'glu':
      return { x, ...(grower.chance(60) && { gate: grower.like(outputs, x.axes) }) };
    case 'gradient':
      return { of: scalar, by: grower.any(outputs) };
    case 'directional-derivative': {
      const by = grower.any(outputs);
      return { of: grower.any(outputs), by, along: grower.like(outputs, by.axes) };
    }
    case 'convergence':
      return { state: x, field: grower.like(outputs, x.axes), exact: grower.like(outputs, x.axes) };
    case 'divergence-boundary':
    case 'check-convex':
    case 'values-on-grid':
      return { of: scalar, by: x };
    case 'integrate': {
      const state = grower.any(outputs);
      return { state, field: grower.like(outputs, state.axes), ...(grower.chance(15) && { h: scalar }) };
    }
    case 'hessian-vector-product': {
      const by = grower.any(outputs);
      return { of: scalar, by, v: grower.like(outputs, by.axes) };
    }
    case 'lambda-max':
    case 'lambda-min':
    case 'check-stable':
      return { of: scalar, ...(grower.chance(60) && { by: grower.any(outputs) }) };
    case 'stability-bound':
      return { lambda: scalar };
    case 'slope-fit':
      return { x, y: grower.like(outputs, x.axes) };
    case 'eigenvalues':
    case 'matrix-exponential': {
      const square = outputs.filter(
        ({ axes }) => axes.length > 1 && axes.at(-1)?.written === axes.at(-2)?.written,
      );
      return { A: square.length > 0 ? grower.pick(square) : x };
    }
    case 'sgd':
    case 'adam':
    case 'gradient-flow':
      return { loss: scalar, ...(grower.chance(15) && { rate: grower.pick(outputs) }) };
    case 'langevin':
    case 'underdamped-langevin':
      return { loss: scalar, ...(grower.chance(15) && { temperature: grower.pick(outputs) }) };
    case 'density':
      return curveOf(grower, outputs);
    case 'escape-rate':
    case 'check-boltzmann':
      return { x, ...curveOf(grower, outputs) };
    case 'hamiltonian-field':
      return { energy: grower.any(outputs), state: x };
    case 'antisymmetric-force': {
      const pairs = outputs.filter(({ axes }) => {
        const [i, j] = axes.length === 2 ? axes : axes.slice(-3);
        return j && i?.written === j.written;
      });
      return { pairs: pairs.length > 0 ? grower.pick(pairs) : ofRank(grower, outputs, [2]) };
    }
    case 'check-antisymmetric':
      return { pairs: ofRank(grower, outputs, [2, 3]) };
    case 'check-equivariant':
      return { of: grower.any(outputs), by: x };
    case 'check-conserved':
      return { quantity: x };
    case 'check':
      return { measured: x };
    case 'check-orthonormal':
      return { q: ofRank(grower, outputs, [2]) };
    case 'plot':
      return { a: x };
    case 'histogram-picture':
      return { bars: ofRank(grower, outputs, [1]) };
    case 'landscape':
      return { potential: ofRank(grower, outputs, [1, 2]) };
    case 'bodies':
      return { a: x };
    case 'stability-picture':
      return { eigenvalues: x };
    case 'one-hot':
    case 'embedding': {
      const classes = labels(grower, outputs);
      return {
        x: classes.length > 0 && grower.chance(85) ? grower.pick(classes) : x,
        ...(type === 'embedding' && grower.chance(20) && { weight: ofRank(grower, outputs, [2]) }),
      };
    }
    default:
      return imageInputs(grower, type, outputs) ?? byPorts(grower, type, x, scalar, outputs);
  }
}

export function paramsOf(grower: Chooser, type: string, axes: Axes, given: readonly Output[]): Params {
  const name = axes.length > 0 ? grower.pick(axes).name : 'i';
  const few = grower.chance(50);
  const fresh = grower.pick(['h', 'o', 'v']);
  switch (type) {
    case 'check-conserved':
      return { time: name };
    case 'contraction-cost':
    case 'contract':
      return { expression: grower.chance(20) ? '' : expression(grower, given) };
    case 'scale':
      return { factor: grower.chance(8) ? 1e30 : grower.below(5) / 2 - 1 };
    case 'slice':
      return {
        ...(!few && { axis: name }),
        ...(grower.chance(50) && { start: grower.below(5) - 2 }),
        ...(grower.chance(50) && { stop: grower.below(6) - 2 }),
        step: grower.pick([1, 1, 2, -1]),
      };
    case 'pad':
      return { axes: few ? [] : [name], before: grower.below(3), after: grower.below(3) };
    case 'concat':
      return few ? {} : { axis: name };
    case 'one-hot':
      return { classes: few ? grower.size() : 4, name: fresh };
    case 'embedding':
      return { count: 1 + grower.below(5), units: grower.size(), name: fresh };
    case 'linear':
      return { units: grower.size(), name: fresh, bias: few };
    case 'recurrent':
    case 'gru':
    case 'lstm':
      return {
        units: grower.size(),
        name: fresh,
        layers: 1 + grower.below(2),
        bidirectional: grower.chance(30),
      };
    case 'activation':
      return { function: grower.pick(functions) };
    case 'rms-norm':
    case 'layer-norm':
      return { axes: few ? [] : [name], learned: grower.chance(70) };
    case 'attention':
    case 'multi-head-attention':
      return {
        heads: 1 + grower.below(3),
        causal: few,
        ...(grower.chance(20) && { keyHeads: 1 + grower.below(2) }),
      };
    case 'top-k':
      return { k: grower.pick([1, 1, 2, 'd']), smallest: few };
    case 'sort':
    case 'cumulative-sum':
    case 'argmax':
    case 'norm':
    case 'log-sum-exp':
      return few || type === 'norm' || type === 'log-sum-exp' ? {} : { axis: name };
    case 'split':
      return { parts: 1 + grower.below(3), ...(few && { axis: name }) };
    case 'stack':
      return { name: 'n', last: few };
    case 'causal-mask':
      return { size: grower.size(), ...(few && { window: 2 }) };
    case 'padding-mask':
      return { size: grower.size(), name: fresh };
    case 'levi-civita':
      return { axes: ['i', 'j', 'k'].slice(0, 1 + grower.below(3)) };
    case 'clamp':
      return few ? { low: -1, high: 1 } : { low: 0.5 };
    case 'repeat':
      return { pattern: '... -> n ...', sizes: [{ name: 'n', size: grower.size() }] };
    case 'reduce':
      return {
        pattern: grower.pick(['... i -> ...', 'i ... -> ...', '... i -> i ...']),
        reduction: grower.pick(['sum', 'mean', 'max', 'prod', 'std']),
      };
    case 'factored-linear': {
      const width = axes.at(-1)?.size ?? 4;
      return {
        into: [width, 1],
        out: [2, 1],
        bond: 2,
        form: grower.pick(['mps', 'tucker', 'cp']),
        name: fresh,
      };
    }
    case 'formula':
      return {
        expression: grower.pick(
          given.length > 1
            ? ['x y', 'x / (1 + y^2)', 'max(x, y, 0)', 'where(x < y, exp(-x), y^1.5)', 'round(x) + atanh(y)']
            : ['x * sigmoid(1.702 x)', 'x^3 - 2 x', 'log(x)', 'hardswish(x) + selu(x)', 'expm1(x) / x'],
        ),
      };
    case 'rotary':
      return { heads: 1 + grower.below(2), pairs: grower.pick(['interleaved', 'halves']) };
    case 'positions':
      return { kind: grower.pick(['learned', 'sinusoidal']) };
    case 'glu':
      return { function: grower.pick(['sigmoid', 'silu', 'gelu', 'linear']) };
    case 'structured-dropout':
      return {
        rate: grower.pick([0, 0.5, 1]),
        kind: grower.pick(['channels', 'examples', 'named']),
        axes: [name],
      };
    case 'rearrange':
      return rearrangement(grower, axes);
    case 'integrate':
      return { method: grower.pick(['euler', 'rk4', 'leapfrog']), steps: 1 + grower.below(4), h: 0.1 };
    case 'convergence':
      return { method: grower.pick(['euler', 'rk4']), steps: 1 + grower.below(3), levels: 2 };
    case 'divergence-boundary':
      return { steps: 2 + grower.below(3), bisections: 2 };
    case 'check-convex':
      return { expects: grower.pick(['convex', 'not convex']), count: 1 + grower.below(3), steps: 2 };
    case 'lambda-max':
    case 'lambda-min':
    case 'check-stable':
      return { steps: 1 + grower.below(4) };
    case 'sgd':
      return { rate: rate(grower), momentum: grower.pick([0, 0.9]), nesterov: grower.pick([true, false]) };
    case 'adam':
    case 'adamw':
      return { rate: rate(grower), decay: grower.pick([0, 0.1]), amsgrad: grower.pick([true, false]) };
    case 'lbfgs':
    case 'conjugate-gradient':
      return { iterations: 1 + grower.below(2), evaluations: 2 };
    case 'potential':
      return {
        kind: grower.pick(['harmonic', 'double-well', 'wide-and-narrow', 'two-dimensional']),
        tilt: few ? 0 : 0.3,
        count: 2 + grower.below(4),
      };
    case 'histogram':
      return { count: 2 + grower.below(4), scale: grower.pick(['density', 'counts']) };
    case 'check-boltzmann':
      return {
        compare: grower.pick(['distribution', 'mean', 'variance', 'ratio']),
        bins: 2 + grower.below(2),
      };
    case 'running-statistics':
      return { burnIn: grower.below(2) };
    case 'gradient-flow':
      return { rate: rate(grower) };
    case 'langevin':
    case 'underdamped-langevin':
      return { rate: rate(grower), temperature: grower.pick([0, 0.1]) };
    default:
      return imageParams(grower, type, name) ?? {};
  }
}

/** One letter for each name of an axis; some stay open. */
function expression(grower: Chooser, given: readonly Output[]): string {
  const letters = new Map<string, string>();
  const inputs = given.map(({ axes }) =>
    axes.map(({ name, written }) => {
      const key = grower.chance(70) ? name : written;
      if (!letters.has(key)) letters.set(key, String.fromCharCode(97 + letters.size));
      return letters.get(key);
    }),
  );
  const open = [...new Set(inputs.flat())].filter(() => grower.chance(60));
  return `${inputs.map((labels) => labels.join('')).join(',')}->${open.join('')}`;
}

function rearrangement(grower: Chooser, axes: Axes): Params {
  const left = [...new Set(axes.map(({ name }) => name))];
  const right = [...left];
  for (let i = right.length - 1; i > 0; i--) {
    const j = grower.below(i + 1);
    [right[i], right[j]] = [right[j] as string, right[i] as string];
  }
  const merged = (list: readonly string[]) => {
    const at = grower.below(list.length);
    return list.length > 1 && at + 1 < list.length
      ? [...list.slice(0, at), `(${list[at]} ${list[at + 1]})`, ...list.slice(at + 2)].join(' ')
      : list.join(' ');
  };
  const split = grower.chance(40) && left.length > 0 ? grower.pick(left) : undefined;
  if (split !== undefined) {
    const apart = (list: readonly string[], written: string) =>
      list.map((n) => (n === split ? written : n)).join(' ');
    const joined = grower.chance(50);
    return {
      pattern: `${apart(left, '(u v)')} -> ${apart(right, joined ? '(v u)' : 'v u')}`,
      sizes: [{ name: grower.pick(['u', 'v']), size: grower.pick([1, 2, 3, 'd', 'B']) }],
    };
  }
  return { pattern: `${left.join(' ')} -> ${grower.chance(50) ? merged(right) : right.join(' ')}` };
}

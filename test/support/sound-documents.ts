/**
 * Random documents that pass the check: of every node type, with data sets of which some rows are held back,
 * sizes written with the batch, blocks and repeats. Nodes are added one by one, with parameters that suit what
 * is wired to them, and kept where the checker finds no error.
 */
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { catalogue } from '../../src/catalogue/index.ts';
import { createChecker } from '../../src/compiler/index.ts';
import { createEditor } from '../../src/editor/index.ts';
import { generator } from './block-documents.ts';
import type { Axes, Output, Params } from './sound-chooser.ts';
import { inputsOf, paramsOf } from './sound-nodes.ts';

/** Data of the document: few rows, columns of several ranks. `ownRows` gives their numbers. */
const own = (rows: number, width: number): GraphDocument['data'] => ({
  mine: {
    sha256: '0123456789abcdef'.repeat(4),
    rows,
    columns: {
      x: { shape: [width], axes: ['f'] },
      image: { shape: [1, 4, 4], axes: ['c', 'h', 'w'] },
      series: { shape: [3, 2], axes: ['t', 'f'] },
      y: { shape: [], classes: 3 },
      z: { shape: [] },
    },
    source: { kind: 'file', path: 'mine.csv' },
  },
});

const sizes = [1, 2, 3, 4, 'B', 'B', 'd', '2*d', 'd + 1', 'C'] as const;
const names = ['i', 'j', 'k', 'f', 'batch'] as const;
const sources = [
  'tensor',
  'parameter',
  'noise',
  'input',
  'dataset',
  'dataset',
  'step',
  'delta',
  'rotation',
  'causal-mask',
  'levi-civita',
] as const;
/** A document has one of them, and only where there is a loss. */
const optimizers = catalogue.filter(({ trains }) => trains).map(({ type }) => type);
const types = [
  ...catalogue.map(({ type }) => type).filter((type) => !optimizers.includes(type)),
  'linear',
  'contract',
  'add',
  'mse',
  'cross-entropy',
  'rearrange',
  // Few wires suit these: pairs of bodies, and what takes them.
  'pair-differences',
  'pair-differences',
  'antisymmetric-force',
  'antisymmetric-force',
  'antisymmetric-force',
];

const drawnDims = (below: (n: number) => number) => ({ B: 1 + below(6), C: 1 + below(5), d: 1 + below(3) });

/** Types that a document tries at most, and a prime with which their order is mixed. */
const mostTried = 16;
const stride = 7919;

class Grower {
  readonly below: (n: number) => number;
  readonly #check = createChecker();
  readonly #seed: number;
  document: GraphDocument;

  constructor(seed: number) {
    this.#seed = seed;
    const below = generator(seed);
    this.below = below;
    this.document = {
      ...emptyDocument('sound'),
      dims: drawnDims(below),
      data: own(2 + below(20), 1 + below(4)),
      run: { steps: 2, seed: 1 + below(9), evaluateEvery: 1 + below(2) },
    };
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  isSound(document: GraphDocument): boolean {
    return !this.#check(document).diagnostics.some((d) => d.severity === 'error');
  }

  outputs(): readonly Output[] {
    const { nodes } = this.#check(this.document);
    return Object.keys(nodes).flatMap((node) =>
      Object.entries(nodes[node]?.outputTypes ?? {}).map(([port, { axes }]) => ({
        ref: { node, port },
        axes,
      })),
    );
  }

  /** Puts a node in, wired to what it was given; whether it passes the check. */
  put(type: string, params: Params, wires: Readonly<Record<string, Output>>): boolean {
    const id = `${this.pick(['q', 'a', 'm', 'z'])}${Object.keys(this.document.nodes).length}`;
    const edges = Object.entries(wires).map(([port, { ref }]) => [
      `${id}-${port}`,
      { from: ref, to: { node: id, port } },
    ]);
    const grown: GraphDocument = {
      ...this.document,
      nodes: { ...this.document.nodes, [id]: { type, params: params as never } },
      edges: { ...this.document.edges, ...Object.fromEntries(edges) },
    };
    if (!this.isSound(grown)) return false;
    this.document = grown;
    return true;
  }

  /** An output to read: most often one of the newest. */
  any(outputs: readonly Output[]): Output {
    return this.chance(65)
      ? (outputs[outputs.length - 1 - this.below(Math.min(5, outputs.length))] as Output)
      : this.pick(outputs);
  }

  /** An output with as many axes, of the same sizes where there is one. */
  like(outputs: readonly Output[], axes: Axes): Output {
    const alike = outputs.filter((o) => o.axes.length === axes.length);
    const same = alike.filter((o) => o.axes.every((axis, d) => axis.size === axes[d]?.size));
    if (same.length > 0 && this.chance(70)) return this.pick(same);
    return alike.length > 0 && this.chance(70) ? this.pick(alike) : this.any(outputs);
  }

  size = (): number | string => this.pick(sizes);

  axes(outputs: readonly Output[]): readonly { name: string; size: number | string }[] {
    const model = outputs.length > 0 && this.chance(60) ? this.any(outputs).axes : undefined;
    if (model)
      return model.flatMap(({ name, written, size }, d) =>
        model.findIndex((axis) => axis.name === name) === d
          ? [
              {
                name,
                size:
                  /^[\w+* ]+$/.test(written) && this.chance(70) ? Number(written) || written : (size ?? 1),
              },
            ]
          : [],
      );
    return names
      .slice(0, 1 + this.below(3))
      .map((name) => ({ name: this.chance(80) ? name : this.pick(names), size: this.size() }));
  }

  add(type: string): boolean {
    const outputs = this.outputs();
    if ((sources as readonly string[]).includes(type))
      return this.put(type, this.sourceParams(type, outputs), {});
    if (outputs.length === 0) return false;
    const given = inputsOf(this, type, outputs);
    const [first] = Object.values(given);
    return this.put(type, paramsOf(this, type, first?.axes ?? [], Object.values(given)), given);
  }

  sourceParams(type: string, outputs: readonly Output[]): Params {
    switch (type) {
      case 'dataset': {
        const data = this.pick(['mine', 'mine', 'iris', 'line', 'two-moons']);
        const options = data === 'line' || data === 'two-moons' ? { samples: 2 + this.below(20) } : {};
        return {
          data,
          options,
          batch: this.pick(['B', 'B', 'B', 'C', 'd']),
          ...(this.chance(20) && { replacement: true }),
          test: this.pick([0, 0.2, 0.2, 0.37, 0.9]),
        };
      }
      case 'delta':
        return { axes: names.slice(0, 1 + this.below(3)), ...(this.chance(50) && { size: this.size() }) };
      case 'rotation':
      case 'step':
        return {};
      case 'causal-mask':
      case 'levi-civita':
        return paramsOf(this, type, [], []);
      case 'tensor': {
        const fill = this.pick(['zeros', 'ones', 'identity', 'range', 'normal', 'uniform', 'values']);
        return {
          ...this.given(outputs, fill === 'values'),
          fill,
          ...(this.chance(30) && { seed: this.below(5) }),
        };
      }
      case 'parameter': {
        const init = this.pick(['normal', 'uniform', 'zeros', 'ones', 'values']);
        return { ...this.given(outputs, init === 'values'), init, scale: 0.5 };
      }
      case 'input':
        return this.given(outputs, this.chance(50));
      default:
        return { axes: this.axes(outputs), distribution: this.pick(['normal', 'uniform']) };
    }
  }

  /** Axes, and a number for each element where all sizes are numbers. */
  given(outputs: readonly Output[], valued: boolean): Params {
    const axes = this.axes(outputs);
    const count = axes.reduce((n, { size }) => n * Number(size), 1);
    return {
      axes,
      ...(valued && count > 0 && { values: Array.from({ length: count }, () => this.below(9) - 4) }),
    };
  }

  grow(): void {
    for (let n = 1 + this.below(2); n > 0; n--) this.add('dataset');
    // All types in turn, in an order that mixes them, so that few documents meet each.
    const count = 6 + this.below(mostTried - 5);
    for (let k = 0; k < count; k++) {
      const type = types[((this.#seed * mostTried + k) * stride) % types.length] as string;
      // Forces are of pairs.
      if (/antisymmetric/.test(type)) this.#try('pair-differences', 8);
      this.#try(type, 24);
    }
    // A loss and what lowers it: without them nothing is trained and held against rows that were held back.
    this.#try(this.pick(['mse', 'cross-entropy']), 6);
    // All optimizers in turn, too.
    if (this.below(8) > 0 && !this.#try(optimizers[this.#seed % optimizers.length] as string, 12))
      this.#try('sgd', 6);
    if (this.below(3) === 0) this.group();
  }

  /** Whether it was put in. */
  #try(type: string, attempts: number): boolean {
    for (let n = 0; n < attempts; n++) if (this.add(type)) return true;
    return false;
  }

  /** Puts some neighbours into a block, and lets it repeat where what goes out fits what comes in. */
  group(): void {
    const ids = Object.keys(this.document.nodes).filter(
      (id) => !catalogue.find((d) => d.type === this.document.nodes[id]?.type)?.trains,
    );
    const from = this.below(ids.length);
    const chosen = ids.slice(from, from + 1 + this.below(4));
    const editor = createEditor(this.document);
    editor.dispatch({ type: 'group', selection: { nodes: chosen, edges: [] }, name: 'part' });
    const grouped = editor.getState().document;
    const use = Object.entries(grouped.nodes).find(([, { type }]) => type === 'block');
    if (!use || !this.isSound(grouped)) return;
    this.document = grouped;
    const params = { ...use[1].params, repeat: 1 + this.below(3), ...(this.chance(30) && { shared: true }) };
    const repeated = { ...grouped, nodes: { ...grouped.nodes, [use[0]]: { ...use[1], params } } };
    if (this.isSound(repeated)) this.document = repeated;
  }
}

/** Numbers of its dimensions that a grown document is tried under, its own included. */
const numbers = 6;

/** Documents that pass the check, without end: each grown one under several sizes of its dimensions. */
export function* soundDocuments(seed: number): Generator<GraphDocument> {
  for (let n = seed; ; n++) {
    const grower = new Grower(n);
    grower.grow();
    yield grower.document;
    for (let i = 1; i < numbers; i++) {
      const dims = { ...grower.document.dims, ...drawnDims(grower.below) };
      const document = { ...grower.document, dims };
      if (grower.isSound(document)) yield document;
    }
  }
}

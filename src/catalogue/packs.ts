/**
 * Packs: node types that the page and its worker fetch when a document has nodes of them, so that the first
 * load does not grow with the catalogue. Programs on Node, and tests, have all of them from the start.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { DataSet } from '../datasets/index.ts';
import type { AnyNodeDefinition } from './define.ts';
import { install, isInstalled, registryOf } from './index.ts';

interface Pack {
  readonly name: string;
  /** By these names it is known that a document needs the pack. */
  readonly types: readonly string[];
  load(): Promise<readonly AnyNodeDefinition[]>;
  /** Data sets that it brings, by the names that documents call them. */
  readonly sets?: { readonly names: readonly string[]; load(): Promise<readonly DataSet[]> };
}

export const packs: readonly Pack[] = [
  {
    name: 'layers',
    types: ['embedding', 'conv1d', 'conv2d', 'max-pool', 'average-pool', 'recurrent', 'attention'],
    load: async () => (await import('./packs/layers.ts')).layers,
  },
  {
    name: 'sequences',
    types: ['gru', 'lstm', 'multi-head-attention', 'positions', 'rotary', 'glu', 'structured-dropout'],
    load: async () => (await import('./packs/sequences.ts')).sequences,
  },
  {
    name: 'images',
    types: ['adaptive-pool', 'transposed-conv1d', 'transposed-conv2d', 'upsample'],
    load: async () => (await import('./packs/images.ts')).images,
  },
  {
    name: 'pieces',
    types: [
      'split',
      'stack',
      'repeat',
      'reduce',
      'norm',
      'log-sum-exp',
      'cumulative-sum',
      'sort',
      'top-k',
      'argmax',
      'where',
      'compare',
      'clamp',
      'causal-mask',
      'padding-mask',
      'levi-civita',
    ],
    load: async () => (await import('./packs/pieces.ts')).pieces,
  },
  {
    name: 'networks',
    types: ['tensor-network', 'factored-linear', 'mps-classifier', 'orthonormal-parameter'],
    load: async () => (await import('./packs/networks.ts')).networks,
  },
  {
    name: 'formulas',
    types: ['formula'],
    load: async () => (await import('./packs/formulas.ts')).formulas,
  },
  {
    name: 'norms',
    types: ['batch-norm', 'group-norm', 'instance-norm', 'rms-norm'],
    load: async () => (await import('./packs/norms.ts')).norms,
  },
  {
    name: 'physics',
    types: [
      'antisymmetric-force',
      'check',
      'check-antisymmetric',
      'check-conserved',
      'check-equivariant',
      'check-orthonormal',
      'directional-derivative',
      'distances',
      'hamiltonian-field',
      'integrate',
      'mechanical-energy',
      'orthonormalise',
      'pair-differences',
      'rotation',
      'shape',
      'translate',
    ],
    load: async () => (await import('./packs/physics.ts')).physics,
  },
  {
    name: 'sampling',
    types: [
      'gradient-flow',
      'langevin',
      'underdamped-langevin',
      'potential',
      'histogram',
      'density',
      'running-statistics',
      'escape-rate',
      'check-boltzmann',
    ],
    load: async () => (await import('./packs/sampling.ts')).sampling,
  },
  {
    name: 'adam',
    types: ['adam', 'adamw'],
    load: async () => (await import('./packs/adam.ts')).adams,
  },
  {
    name: 'classification',
    types: ['cross-entropy', 'accuracy'],
    load: async () => (await import('./packs/classification.ts')).classification,
  },
  {
    name: 'losses',
    types: [
      'mae',
      'huber',
      'binary-cross-entropy',
      'nll',
      'kl',
      'hinge',
      'multi-margin',
      'cosine-embedding',
      'info-nce',
      'triplet',
      'pair-contrastive',
      'poisson',
      'gaussian-nll',
      'energy',
      'regulariser',
    ],
    load: async () => (await import('./packs/losses.ts')).losses,
  },
  {
    name: 'metrics',
    types: [
      'top-k-accuracy',
      'precision',
      'recall',
      'f1-score',
      'confusion-matrix',
      'roc-area',
      'r-squared',
      'perplexity',
    ],
    load: async () => (await import('./packs/metrics.ts')).metrics,
  },
  {
    name: 'optimizers',
    types: [
      'rmsprop',
      'adagrad',
      'adadelta',
      'adamax',
      'nadam',
      'radam',
      'lion',
      'lbfgs',
      'conjugate-gradient',
    ],
    load: async () => (await import('./packs/optimizers.ts')).optimizers,
  },
  {
    name: 'schedules',
    types: [
      'constant-rate',
      'step-decay',
      'exponential-decay',
      'warm-up',
      'polynomial-decay',
      'cosine-decay',
      'one-cycle',
    ],
    load: async () => (await import('./packs/schedules.ts')).rateSchedules,
  },
  {
    name: 'curvature',
    types: [
      'hessian-vector-product',
      'lambda-max',
      'lambda-min',
      'stability-bound',
      'eigenvalues',
      'matrix-exponential',
      'slope-fit',
      'divergence-boundary',
      'convergence',
      'check-convex',
      'check-stable',
      'values-on-grid',
    ],
    load: async () => (await import('./packs/curvature.ts')).curvature,
  },
  {
    name: 'costs',
    types: ['contraction-cost'],
    load: async () => (await import('./packs/costs.ts')).costs,
  },
  {
    name: 'pictures',
    types: [
      'plot',
      'histogram-picture',
      'landscape',
      'phase-portrait',
      'bodies',
      'stability-picture',
      'matrix-picture',
    ],
    load: async () => (await import('./packs/pictures.ts')).pictures,
  },
  {
    name: 'augmentation',
    types: ['augment'],
    load: async () => (await import('./packs/augmentation.ts')).augmentation,
  },
  {
    name: 'priors',
    types: ['prior'],
    load: async () => (await import('./packs/priors.ts')).priors,
  },
  {
    name: 'data',
    types: [],
    load: async () => [],
    sets: {
      names: [
        'wine',
        'names',
        'mnist',
        'spirals',
        'circles',
        'blobs',
        'xor',
        'drawn',
        'line',
        'spring',
        'pendulum',
        'two-bodies',
        'three-bodies',
        'formula',
      ],
      load: async () => (await import('./packs/data-sets.ts')).dataSets,
    },
  },
];

const coming = new Map<Pack, Promise<void>>();

function fetch(pack: Pack): Promise<void> {
  let arriving = coming.get(pack);
  if (!arriving) {
    arriving = Promise.all([pack.load(), pack.sets?.load()]).then(([types, sets]) =>
      install(pack.name, types, sets),
    );
    coming.set(pack, arriving);
    // What could not be had is asked for again the next time.
    arriving.catch(() => coming.delete(pack));
  }
  return arriving;
}

/**
 * Fetches the node types that are named in a document, in a part of one, or in its text. Undefined where all
 * are there. Rejects when they cannot be had.
 */
export function fetchTypes(of: unknown): Promise<unknown> | undefined {
  const missing = packs.filter(({ name }) => !isInstalled(name));
  if (missing.length === 0) return undefined;
  const isNamed = typeof of === 'string' ? (type: string) => of.includes(`"${type}"`) : namedIn(of);
  const needed = missing.filter(({ types, sets }) => [...types, ...(sets?.names ?? [])].some(isNamed));
  return needed.length === 0 ? undefined : Promise.all(needed.map(fetch));
}

export const fetchAllTypes = (): Promise<unknown> => Promise.all(packs.map(fetch));

/**
 * Fetches what is read off a document's optimizers, which is more than they are. Nothing is lost without: what cannot
 * be had is left out.
 */
export async function fetchReadings({
  nodes,
  blocks,
  data,
}: Pick<GraphDocument, 'nodes' | 'blocks' | 'data'>) {
  const { find } = registryOf({ blocks, data });
  const checks = Object.values(nodes).flatMap(({ type }) => find(type)?.reading?.check ?? []);
  await fetchTypes(checks.map((type) => ({ type })))?.catch(() => undefined);
}

/** Whether something in a value has this string as its `type` or its `data`, or is changed to it by a patch. */
function namedIn(of: unknown): (type: string) => boolean {
  const found = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    // Numbers of tensors, which may be millions.
    if (Array.isArray(value) && typeof value[0] !== 'object') return;
    for (const key of ['type', 'data', 'value'])
      if (key in value) found.add(value[key as keyof typeof value]);
    for (const member of Object.values(value)) visit(member);
  };
  visit(of);
  return (type) => found.has(type);
}

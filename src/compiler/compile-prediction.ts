/**
 * A prediction: the part of a document that some outputs depend on, fed from outside. Labels, losses and
 * optimizers are left out with all else that the outputs do not need; dropout and its like stand still.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { type Diagnostic, diagnose, isError, type Outcome } from '../base/diagnostic.ts';
import { nearest } from '../base/nearest.ts';
import { type PathText, portKey, readPortKey } from '../base/path.ts';
import { averageNames, isAveraging } from '../catalogue/weight-averages.ts';
import { labelledPath } from '../document/levels.ts';
import { type Analysis, analyse } from './analyse.ts';
import { nameOf, type ResolvedNode } from './check/resolve.ts';
import { type CompileOptions, compileLowered } from './compile.ts';
import { lower } from './lower.ts';
import { neededBy } from './needed-by.ts';
import { aliasesOf, indexed } from './repeat/aliases.ts';
import { namesOfKept } from './repeat/state-names.ts';
import type { CompiledProgram, DataSpec, StateSpec } from './types.ts';

export interface PredictOptions extends Pick<CompileOptions, 'dtype' | 'memoryLimit' | 'paths' | 'without'> {
  /**
   * Shapes of what is given, by name: an Input's path or label, or the port of a data set (`data.x`). An
   * axis whose size is a symbol of the document takes any size.
   */
  readonly inputs?: Readonly<Record<string, readonly number[]>>;
  /** `node.port`, or a node's path or label where that says enough. The Probes when left out. */
  readonly outputs?: readonly string[] | undefined;
}

export interface Prediction {
  readonly program: CompiledProgram;
  /** What the outputs depend on. */
  readonly state: readonly StateSpec[];
  /** What optimizers of the document keep that may stand in for it: averages of weights, and how many steps each is of. */
  readonly averages: readonly StateSpec[];
  readonly data: readonly DataSpec[];
  /** Inputs of the plan by the names that were given. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Keys of the ports to be read, in the order asked for. */
  readonly outputs: readonly string[];
}

/** A port that can be given from outside, or read, and every name that leads to it. */
interface Named {
  readonly key: string;
  readonly node: PathText;
  readonly port: string;
  readonly names: readonly string[];
  /** The key under which every turn of a repeat is shown, where this is one of them. */
  readonly turns?: string;
  /** The parameter of the node whose values stand in until something is given. */
  readonly values?: string | undefined;
  /** Of a prior: what it is computed from is not needed where it is given. */
  readonly isDrawn?: boolean;
}

/** Codes: unknown-feed, feed-shape, feed-missing, unknown-output, nothing-to-predict, and the checker's. */
export function compilePrediction(
  document: GraphDocument,
  options: PredictOptions = {},
): Outcome<Prediction> {
  const drawn = analyse(document);
  const feeds = resolve(options.inputs ?? {}, feedable(drawn));
  const outputs = findOutputs(drawn, options.outputs);
  const misnamed = [...feeds.diagnostics, ...outputs.diagnostics];
  if (misnamed.length > 0) return { diagnostics: misnamed };

  const bound = bindShapes(drawn, feeds.found);
  if (!bound.value) return { diagnostics: bound.diagnostics };
  const { dims, changed } = bound.value;
  const analysis = analyse(standIn(document, feeds.found, dims));
  const fed = new Set(feeds.found.map(({ key }) => key));
  const given = new Set(feeds.found.flatMap(({ node, isDrawn }) => (isDrawn ? node : [])));
  const only = neededBy(
    analysis,
    outputs.found.map(({ node }) => node),
    given,
  );
  if ([...only].some((id) => !isComputed(analysis, id)))
    return { diagnostics: analysis.diagnostics.filter(isError) };
  const missing = unfed(analysis, outputs.found, fed, given);
  if (missing.length > 0) return { diagnostics: missing };

  const show = new Set(outputs.found.map(({ key, turns = key }) => turns));
  const lowered = lower(analysis, 'forward', { only, fed, show });
  const misfit = changed.flatMap((axis) => sayParameterChanges(document, lowered.state, only, fed, axis));
  if (misfit.length > 0) return { diagnostics: misfit };
  const { value: program, diagnostics } = compileLowered(lowered, analysis, options);
  if (!program) return { diagnostics };
  const { inputs } = program.plan;
  const state = lowered.state.filter(({ name }) => Object.hasOwn(inputs, name));
  return {
    value: {
      program,
      state,
      averages: averagesOf(analysis, state),
      data: lowered.data.filter(({ indices }) => Object.hasOwn(inputs, indices)),
      inputs: Object.fromEntries(feeds.found.map(({ name, key }) => [name, key])),
      outputs: outputs.found.map(({ key }) => key),
    },
    diagnostics,
  };
}

/** Of trained state, for each optimizer that averages: a checkpoint has those of the one that trains it. */
function averagesOf(analysis: Analysis, state: readonly StateSpec[]): StateSpec[] {
  const averaging = nodesOf(analysis).filter(
    ({ definition, params }) => definition.trains && isAveraging(params),
  );
  return averaging.flatMap(({ id, definition: { type: optimizer } }) =>
    state
      .filter(({ trainable }) => trainable)
      .flatMap((spec): StateSpec[] => {
        const kept = { trainable: false, optimizer, init: { kind: 'zeros' } };
        const names = (name: string) => namesOfKept(id, name, spec);
        return [
          {
            ...kept,
            ...names(averageNames.average),
            shape: spec.shape,
            standsIn: names(averageNames.count).name,
          },
          { ...kept, ...names(averageNames.count), shape: spec.repeats?.counts ?? [] },
        ];
      }),
  );
}

/** Inputs, priors, and the columns of data sets. */
function feedable(analysis: Analysis): readonly Named[] {
  return nodesOf(analysis).flatMap((node) => {
    const spellings = spellingsOf(analysis, node.id);
    return node.outputs.flatMap(({ name: port }): Named[] => {
      const key = portKey(node.id, port);
      const values = node.definition.standIn;
      if (values !== undefined) return [{ key, node: node.id, port, names: [...spellings, key], values }];
      if (node.definition.draws && analysis.flat.inside(node.id)?.region === undefined)
        return [{ key, node: node.id, port, names: [...spellings, key], isDrawn: true }];
      if (!node.definition.dataset) return [];
      return [{ key, node: node.id, port, names: spellings.map((spelling) => portKey(spelling, port)) }];
    });
  });
}

/** All nodes but the ports of blocks, which hand on. */
const nodesOf = ({ order, node, flat }: Analysis): ResolvedNode[] =>
  order.flatMap((id) => (flat.inside(id)?.port ? [] : (node(id) ?? [])));

/** A node, or a use of a block, is called by its path, or by the labels on the way to it. */
function spellingsOf({ document }: Analysis, path: PathText): string[] {
  const labels = labelledPath(document, path);
  return labels === path ? [path] : [path, labels];
}

type Found = Named & { readonly name: string; readonly shape: readonly number[] };

function resolve(
  inputs: Readonly<Record<string, readonly number[]>>,
  candidates: readonly Named[],
): { found: readonly Found[]; diagnostics: readonly Diagnostic[] } {
  const found: Found[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [name, shape] of Object.entries(inputs)) {
    const named = pick(name, candidates);
    if (named && found.some(({ key }) => key === named.key))
      diagnostics.push(diagnose('feed-twice', { node: named.node }, { name }));
    else if (named) found.push({ ...named, name, shape });
    else diagnostics.push(diagnose('unknown-feed', {}, { name, names: suggestions(name, candidates) }));
  }
  return { found, diagnostics };
}

/** A path goes before a label, and a label that two nodes have says nothing. */
function pick(name: string, candidates: readonly Named[]): Named | undefined {
  const byPath = candidates.find(({ names, key }) => names[0] === name || key === name);
  const byLabel = candidates.filter(({ names }) => names.includes(name));
  return byPath ?? (byLabel.length === 1 ? byLabel[0] : undefined);
}

const most = 8;

/** The names that would do, the nearest first. */
function suggestions(name: string, candidates: readonly Named[]): string {
  const near = nearest(
    name,
    candidates.map(({ names: [first = '', ...also] }) => ({ name: first, also })),
  );
  const all = candidates.map(({ names }) => names[0] as string);
  const ordered = near === undefined ? all : [near, ...all.filter((other) => other !== near)];
  return `${ordered.slice(0, most).join(', ')}${ordered.length > most ? ', …' : ''}` || '–';
}

function findOutputs(
  analysis: Analysis,
  wanted: readonly string[] | undefined,
): { found: readonly Named[]; diagnostics: readonly Diagnostic[] } {
  const ports = nodesOf(analysis)
    .filter(({ definition }) => !definition.trains)
    .flatMap((node) => shownPorts(node).map((port) => ({ node, port })));
  const drawn = ports.flatMap(({ node, port }): Named[] => {
    const alone = shownPorts(node).length === 1;
    const turns = portKey(node.id, port);
    return indexed(node.id, analysis.flat.inside(node.id)?.iterations ?? []).map((at) => {
      const spellings = spellingsOf(analysis, at);
      const names = spellings.map((spelling) => portKey(spelling, port));
      const key = portKey(at, port);
      return { key, node: node.id, port, names: alone ? [...names, ...spellings] : names, turns };
    });
  });
  if (wanted === undefined) {
    const found = drawn.filter(({ node }) => analysis.node(node)?.definition.category === 'output');
    if (found.length > 0) return { found, diagnostics: [] };
    // Of a graph with blocks, what these give is more likely meant than what lies inside of them.
    const isInside = ({ node }: Named) => analysis.flat.inside(node) !== undefined;
    const [outside, inside] = [drawn.filter((one) => !isInside(one)), drawn.filter(isInside)];
    const names = suggestions('', [...outside, ...blockOutputs(analysis), ...inside]);
    return { found, diagnostics: [diagnose('nothing-to-predict', {}, { names })] };
  }
  const candidates = [...drawn, ...blockOutputs(analysis)];
  const diagnostics: Diagnostic[] = [];
  const found = wanted.flatMap((name) => {
    const named = pick(name, candidates);
    if (!named)
      diagnostics.push(diagnose('unknown-output', {}, { name, names: suggestions(name, candidates) }));
    return named ?? [];
  });
  return { found, diagnostics };
}

/** The outputs of blocks, which are values that something inside has made, or what a repeat gives in the end. */
function blockOutputs(analysis: Analysis): Named[] {
  const known = aliasesOf(analysis);
  const count = new Map<PathText, number>();
  for (const [alias] of known) {
    const { node } = readPortKey(alias);
    count.set(node, (count.get(node) ?? 0) + 1);
  }
  const aliases = known.map(([alias, key, { node, port, by }]): Named => {
    const { node: at, port: name } = readPortKey(alias);
    const names = namesOfOutput(analysis, at, name, count.get(at) === 1);
    return { key, node: by, port, names, turns: portKey(node, port) };
  });
  const results = analysis.flat.regions.flatMap(({ path, outputs }) =>
    outputs.flatMap(({ name, node }): Named[] => {
      const around = (analysis.flat.inside(node)?.iterations ?? []).slice(0, -1);
      const turns = portKey(path, name);
      return indexed(path, around).map((at) => {
        const names = namesOfOutput(analysis, at, name, outputs.length === 1);
        return { key: portKey(at, name), node, port: 'out', names, turns };
      });
    }),
  );
  return [...aliases, ...results];
}

/** An output of a use of a block; the use alone says enough where it has one. */
function namesOfOutput(analysis: Analysis, use: PathText, port: string, alone: boolean): string[] {
  const spellings = spellingsOf(analysis, use);
  return [...spellings.map((spelling) => portKey(spelling, port)), ...(alone ? spellings : [])];
}

/** What a node shows: its outputs, or what comes in where it has none. */
const shownPorts = ({ outputs, wires }: ResolvedNode): string[] =>
  outputs.length > 0 ? outputs.map(({ name }) => name) : Object.keys(wires);

/** An axis that is given another size than the document says. */
interface ChangedAxis {
  readonly feed: Found;
  readonly symbol: string;
  readonly size: number;
}

/** Sizes of the document's symbols, by the shapes that are given. */
function bindShapes(
  analysis: Analysis,
  feeds: readonly Found[],
): Outcome<{ dims: Readonly<Record<string, number>>; changed: readonly ChangedAxis[] }> {
  const { document, sizes, inferred } = analysis;
  const bound = new Map<string, ChangedAxis>();
  const diagnostics: Diagnostic[] = [];
  for (const feed of feeds) {
    const type = inferred(feed.node)?.outputs[feed.port];
    if (!type) return { diagnostics: analysis.diagnostics.filter(isError) };
    const { axes } = sizes.see(type);
    const fits =
      feed.shape.length === axes.length &&
      feed.shape.every((size, d) => {
        const { written, size: known } = axes[d] as (typeof axes)[number];
        if (!Object.hasOwn(document.dims, written)) return size === known;
        const before = bound.get(written);
        if (!before) bound.set(written, { feed, symbol: written, size });
        return size >= 1 && (!before || before.size === size);
      });
    if (fits) continue;
    const expected = axes.map(({ name, written, size }) => {
      const other = bound.get(written);
      return `${name} ${other && other.feed !== feed ? other.size : Object.hasOwn(document.dims, written) ? written : size}`;
    });
    diagnostics.push(sayShape(feed, expected.join(', ')));
  }
  if (diagnostics.length > 0) return { diagnostics };
  const dims = Object.fromEntries([...bound].map(([name, { size }]) => [name, size]));
  const changed = [...bound.values()].filter(({ symbol, size }) => sizes.dims.get(symbol) !== size);
  return { value: { dims, changed }, diagnostics };
}

const sayShape = ({ node, name, shape }: Found, expected: string): Diagnostic =>
  diagnose('feed-shape', { node }, { name, expected: `[${expected}]`, actual: `[${shape.join(', ')}]` });

/** The document with these sizes, and without the values that stand in for what is given. */
function standIn(
  document: GraphDocument,
  feeds: readonly Found[],
  dims: Readonly<Record<string, number>>,
): GraphDocument {
  const nodes = { ...document.nodes };
  for (const { node, values } of feeds) {
    const drawn = Object.hasOwn(nodes, node) ? nodes[node] : undefined;
    if (!drawn || values === undefined) continue;
    const { [values]: _, ...params } = drawn.params;
    nodes[node] = { ...drawn, params };
  }
  return { ...document, nodes, dims: { ...document.dims, ...dims } };
}

/** Whether a node can be computed; a port of a block hands on what others compute. */
function isComputed({ flat, sound, unsoundRepeats }: Analysis, id: PathText): boolean {
  const inside = flat.inside(id);
  if (inside?.region && unsoundRepeats.has(inside.region.path)) return false;
  return inside?.port !== undefined || sound.has(id);
}

/** Columns of data sets that outputs depend on and nobody has given, each with the first output that does. */
function unfed(
  analysis: Analysis,
  outputs: readonly Named[],
  fed: ReadonlySet<string>,
  given: ReadonlySet<PathText>,
): Diagnostic[] {
  const read = new Map<string, { readonly node: PathText; readonly for: PathText }>();
  for (const output of outputs)
    for (const id of neededBy(analysis, [output.node], given))
      for (const { from } of given.has(id) ? [] : Object.values(analysis.node(id)?.wires ?? {})) {
        const key = portKey(from.node, from.port);
        if (analysis.node(from.node)?.definition.dataset && !fed.has(key) && !read.has(key))
          read.set(key, { node: from.node, for: output.node });
      }
  return [...read].map(([key, { node, for: output }]) => {
    const values = { name: key, output: nameOf(analysis.document, output) };
    return diagnose('feed-missing', { node }, values, { related: [{ node: output }] });
  });
}

/** Says no to a size that the shape of a parameter depends on: that was trained for another. */
function sayParameterChanges(
  document: GraphDocument,
  state: readonly StateSpec[],
  only: ReadonlySet<PathText>,
  fed: ReadonlySet<string>,
  { feed, symbol }: ChangedAxis,
): Diagnostic[] {
  const drawn = analyse({ ...standIn(document, [feed], {}) });
  if ([...only].some((id) => !drawn.sound.has(id))) return [];
  const known = drawn.sizes.dims.get(symbol);
  const shapes = new Map(
    lower(drawn, 'forward', { only, fed, show: new Set() }).state.map((s) => [s.name, s.shape]),
  );
  const moved = state.find(({ name, shape }) => shapes.get(name)?.some((size, d) => size !== shape[d]));
  if (!moved || known === undefined) return [];
  return [sayShape(feed, `${symbol} = ${known}`)];
}

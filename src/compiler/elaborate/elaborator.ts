/**
 * Keeps the flat graph of a document while the document changes. Drawings are compared by the identity
 * of their nodes and wires, which edits share; an edit inside a block is carried to each use of it. A
 * document that uses no blocks is its own flat graph: nothing of it is stored a second time.
 */
import type { GraphDocument, GraphEdge, GraphLevel, GraphNode } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { type PathText, readPath, rootId } from '../../base/path.ts';
import { BLOCK, blockDefinition } from '../../catalogue/block.ts';
import type { AnyNodeDefinition, PortSpec } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import type { Touched } from '../types.ts';
import { changedIds, sameKeys, sameNumbers, samePortNames } from './compare.ts';
import { elaboratedSizes, elaborationLimits, usedBlock } from './elaborated-size.ts';
import type { Changes, FlatGraph, Inside, Region, Use } from './flat.ts';
import {
  type Child,
  emptyLevel,
  flatEdge,
  hiddenEdges,
  insideOf,
  type Level,
  own,
  pathIn,
  withNumbers,
} from './level.ts';
import { isSameUse, type Reading, readUse } from './read-use.ts';
import { recordsOf, regionsOf } from './records.ts';
import { flatDims } from './scope.ts';
import { chain, iterationWrittenOut } from './write-out.ts';

interface FlatNode {
  readonly node: GraphNode;
  readonly inside: Inside;
}

const noFaults: readonly Diagnostic[] = [];
const noDims: GraphDocument['dims'] = {};

export interface ElaborateOptions {
  /** Write repeats out, one body for each, instead of keeping one with a count. */
  readonly writeOut?: boolean;
}

export class Elaborator {
  readonly #registryOf: (document: GraphDocument) => Registry;
  readonly #writeOut: boolean;
  #document: GraphDocument | undefined;
  readonly #root = emptyLevel({ prefix: '', blocks: [], inside: undefined, numbers: {}, region: undefined });
  /** Nodes inside blocks. */
  readonly #inner = new Map<PathText, FlatNode>();
  /** Wires inside blocks, and those of the document's own drawing that do not end where they are drawn. */
  readonly #edges = new Map<string, GraphEdge>();
  readonly #uses = new Map<PathText, Use>();
  readonly #faults = new Map<PathText, readonly Diagnostic[]>();
  /** Symbols that uses of blocks bring in, by use. */
  readonly #ownDims = new Map<PathText, GraphDocument['dims']>();
  #dims: GraphDocument['dims'] = noDims;
  #areDimsStale = false;
  /** Uses in the document's own drawing that come to too many nodes, and to how many. */
  #refused: ReadonlyMap<string, number> = new Map();
  #records: Pick<FlatGraph, 'nodes' | 'edges'> | undefined;
  #blocksChanged = false;
  #changed = { nodes: new Set<PathText>(), edges: new Set<string>(), uses: new Set<PathText>() };

  constructor(
    registryOf: (document: GraphDocument) => Registry,
    { writeOut = false }: ElaborateOptions = {},
  ) {
    this.#registryOf = registryOf;
    this.#writeOut = writeOut;
  }

  /** Takes in the next document. `touched`: what an edit has changed of its own drawing, where that is known. */
  update(document: GraphDocument, touched?: Touched): Changes {
    const before = this.#document;
    const hint = touched && touched.since === before ? touched : undefined;
    this.#document = document;
    this.#blocksChanged = before === undefined || before.blocks !== document.blocks;
    this.#changed = { nodes: new Set(), edges: new Set(), uses: new Set() };
    if (before?.dims !== document.dims) this.#areDimsStale = true;
    const again = this.#budget(document, before);
    this.#updateLevel(this.#root, document, hint, again);
    if (this.#areDimsStale) this.#mergeDims(document);
    const { nodes, edges, uses } = this.#changed;
    if (nodes.size > 0 || edges.size > 0 || uses.size > 0) this.#records = undefined;
    return this.#changed;
  }

  /** Counts what the document comes to; gives the uses that are refused now and were not, or the other way round. */
  #budget(document: GraphDocument, before: GraphDocument | undefined): readonly string[] {
    if (document.nodes === before?.nodes && !this.#blocksChanged) return [];
    const was = this.#refused;
    const used = Object.keys(document.blocks).length === 0 ? [] : Object.entries(document.nodes);
    const refused = new Map<string, number>();
    const sizeOf = elaboratedSizes(document.blocks);
    let total = 0;
    for (const [id, node] of used) {
      const size = sizeOf(node);
      if (total + size <= elaborationLimits.nodes) total += size;
      else if (usedBlock(node, document.blocks) !== undefined) refused.set(id, total + size);
    }
    this.#refused = refused;
    const ids = new Set([...was.keys(), ...refused.keys()]);
    return [...ids].filter((id) => was.has(id) !== refused.has(id));
  }

  #updateLevel(level: Level, graph: GraphLevel, hint?: Touched, again: readonly string[] = []): void {
    const before = level.graph;
    if (before === graph && !this.#blocksChanged && again.length === 0) return;
    level.graph = graph;
    /** Uses of blocks whose ports, or whose presence, changed: their wires lead elsewhere. */
    const rewired = new Set<string>();
    const nodes = new Set(changedIds(before?.nodes, graph.nodes, hint?.nodes));
    for (const id of again) nodes.add(id);
    if (this.#blocksChanged) for (const id of level.stuck) nodes.add(id);
    for (const id of nodes) this.#updateNode(level, id, rewired);
    if (this.#blocksChanged)
      for (const [id, child] of level.children)
        if (!nodes.has(id)) this.#updateChild(level, id, child, rewired);
    const edges = new Set(changedIds(before?.edges, graph.edges, hint?.edges));
    for (const id of edges) this.#updateEdge(level, id);
    if (rewired.size > 0)
      for (const [id, { from, to }] of Object.entries(graph.edges))
        if (!edges.has(id) && (rewired.has(from.node) || rewired.has(to.node))) this.#updateEdge(level, id);
  }

  #updateNode(level: Level, id: string, rewired: Set<string>): void {
    const node = own(level.graph?.nodes, id);
    const path = pathIn(level, id);
    const reading = node?.type === BLOCK ? this.#read(level, id, node) : undefined;
    const child = level.children.get(id);
    level.stuck.delete(id);
    this.#faults.delete(path);
    if (reading && !Array.isArray(reading)) {
      if (child && this.#keeps(child, reading as Reading)) {
        this.#enter(level, id, child, reading as Reading, rewired);
        return;
      }
      if (child) this.#collapse(level, id, child);
      this.#expand(level, id, reading as Reading);
      rewired.add(id);
      return;
    }
    if (child) {
      this.#collapse(level, id, child);
      rewired.add(id);
    }
    if (reading) {
      level.stuck.add(id);
      this.#faults.set(path, reading as readonly Diagnostic[]);
    }
    this.#changed.nodes.add(path);
    if (level === this.#root) return;
    if (!node) this.#inner.delete(path);
    else
      this.#inner.set(path, {
        node: withNumbers(node, level.numbers),
        inside: insideOf(level, id, node) as Inside,
      });
  }

  #read(level: Level, id: string, node: GraphNode): Reading | readonly Diagnostic[] {
    const isRoot = level === this.#root;
    return readUse(withNumbers(node, level.numbers), (this.#document as GraphDocument).blocks, {
      path: pathIn(level, id),
      blocks: level.blocks,
      scope: level.inside?.scope,
      tooMany: isRoot ? this.#refused.get(id) : undefined,
    });
  }

  /** Whether a use can stay as it is expanded while its block, or how often it repeats it, changes. */
  #keeps({ reading, level }: Child, now: Reading): boolean {
    const { block } = reading;
    const samePorts = samePortNames(block, now.block);
    return (
      isSameUse(reading, now) &&
      sameKeys(block.dims, now.block.dims) &&
      sameNumbers(block.numbers, now.block.numbers) &&
      (level.region === undefined || (samePorts && !this.#writeOut))
    );
  }

  #updateChild(level: Level, id: string, child: Child, rewired: Set<string>): void {
    const node = own(level.graph?.nodes, id) as GraphNode;
    const block = own((this.#document as GraphDocument).blocks, child.reading.id);
    if (block === child.reading.block) {
      this.#updateLevel(child.level, block);
      return;
    }
    const reading = this.#read(level, id, node);
    if (Array.isArray(reading) || !this.#keeps(child, reading as Reading))
      this.#updateNode(level, id, rewired);
    else this.#enter(level, id, child, reading as Reading, rewired);
  }

  /** Carries a change of a block, or of how it is used, into a use that stays. */
  #enter(level: Level, id: string, child: Child, reading: Reading, rewired: Set<string>): void {
    const path = pathIn(level, id);
    if (!samePortNames(child.reading.block, reading.block)) rewired.add(id);
    const fresh: Child = { ...child, reading, use: this.#describeUse(level, id, reading, child.level) };
    level.children.set(id, fresh);
    this.#uses.set(path, fresh.use);
    this.#changed.uses.add(path);
    // What is said of an input that has no wire names the use.
    if (child.use.node.label !== fresh.use.node.label)
      for (const { node } of fresh.use.inputs) this.#changed.nodes.add(node);
    const { region } = child.level;
    if (region) Object.assign(region, { count: reading.params.repeat });
    for (const iteration of child.level.inside?.iterations.slice(-1) ?? [])
      if (region) Object.assign(iteration, { count: region.count });
    this.#declare(path, child.level, reading);
    this.#updateLevel(child.level, reading.block);
  }

  #expand(level: Level, id: string, reading: Reading): void {
    const path = pathIn(level, id);
    const { params, block } = reading;
    const { repeat } = params;
    const bodies = this.#writeOut && repeat !== undefined ? repeat : 1;
    const iterations = Array.from({ length: bodies }, (_, index) =>
      this.#bodyOf(level, path, reading, index),
    );
    const [first, last] = [iterations[0] as Level, iterations.at(-1) as Level];
    const use = this.#describeUse(level, id, reading, first, last);
    const { shared } = params;
    const around = level.inside?.region;
    const enclose = (body: Level, region: Region) => {
      body.region = region;
      body.inside = { ...(body.inside as Inside), region };
    };
    let whole: Region | undefined;
    if (repeat !== undefined && !this.#writeOut) {
      const { inputs, outputs } = use;
      const { prefix } = first;
      enclose(first, { path, prefix, count: repeat, shared, inputs, outputs, around });
    } else if (repeat !== undefined) {
      whole = { path, prefix: `${path}/`, count: 1, shared, inputs: [], outputs: [], around };
      for (const body of iterations) {
        const ports = this.#describeUse(level, id, reading, body);
        enclose(body, iterationWrittenOut(whole, body, body === last, ports));
      }
    }
    level.children.set(id, {
      use,
      reading,
      level: first,
      further: iterations.slice(1),
      ...(whole && { whole }),
    });
    this.#uses.set(path, use);
    this.#changed.uses.add(path);
    // The node itself is none of the flat graph.
    this.#inner.delete(path);
    this.#changed.nodes.add(path);
    this.#declare(path, first, reading);
    for (const iteration of iterations) this.#updateLevel(iteration, block);
    for (const [key, edge] of first.region && !whole
      ? hiddenEdges(first.region)
      : chain(use, block, iterations)) {
      this.#edges.set(key, edge);
      this.#changed.edges.add(key);
    }
  }

  /** The drawing of one iteration, still empty. */
  #bodyOf(level: Level, path: PathText, { id, block, params, overrides }: Reading, index: number): Level {
    const { repeat, shared } = params;
    const around = level.inside?.iterations ?? [];
    const isLoop = !this.#writeOut && (repeat ?? 1) > 1;
    const iteration = { index, count: repeat ?? 1, shared, isLoop, at: readPath(path).length };
    const inner = emptyLevel({
      prefix: repeat === undefined ? `${path}/` : `${path}/${index}/`,
      blocks: [...level.blocks, id],
      inside: undefined,
      numbers: { ...block.numbers, ...params.numbers },
      region: undefined,
    });
    inner.inside = {
      scope: { prefix: `${path}/`, dims: block.dims, overrides },
      region: level.inside?.region,
      iterations: repeat === undefined ? around : [...around, iteration],
    };
    return inner;
  }

  #describeUse(
    level: Level,
    id: string,
    { id: block, block: drawn, params }: Reading,
    first: Level,
    last = first,
  ): Use {
    const node = own(level.graph?.nodes, id) as GraphNode;
    const registry = this.#registryOf(this.#document as GraphDocument);
    const definition = registry.of({ type: BLOCK, params: { block } }) ?? blockDefinition(block, drawn);
    const ports = (specs: AnyNodeDefinition['inputs'], body: Level) =>
      (specs as readonly PortSpec[]).map(({ name }) => ({ name, node: pathIn(body, name) }));
    return {
      path: pathIn(level, id),
      node,
      definition,
      params,
      inputs: ports(definition.inputs, first),
      outputs: ports(definition.outputs, last),
    };
  }

  #declare(path: PathText, { inside }: Level, { params, block }: Reading): void {
    const scope = { ...(inside as Inside).scope, dims: block.dims };
    const dims = flatDims(scope, params.dims);
    if (Object.keys(dims).length === 0 && !this.#ownDims.has(path)) return;
    this.#ownDims.set(path, dims);
    this.#areDimsStale = true;
  }

  #collapse(level: Level, id: string, child: Child): void {
    const path = pathIn(level, id);
    const { level: inner } = child;
    for (const [name, nested] of [...inner.children]) this.#collapse(inner, name, nested);
    for (const name of Object.keys(inner.graph?.nodes ?? {})) {
      this.#faults.delete(pathIn(inner, name));
      this.#inner.delete(pathIn(inner, name));
      this.#changed.nodes.add(pathIn(inner, name));
    }
    const drawn = Object.keys(inner.graph?.edges ?? {}).map((name) => pathIn(inner, name));
    const hidden = inner.region ? hiddenEdges(inner.region).map(([key]) => key) : [];
    for (const edge of [...drawn, ...hidden]) {
      this.#edges.delete(edge);
      this.#changed.edges.add(edge);
    }
    if (this.#ownDims.delete(path)) this.#areDimsStale = true;
    level.children.delete(id);
    this.#uses.delete(path);
    this.#changed.uses.add(path);
  }

  #updateEdge(level: Level, id: string): void {
    const edge = own(level.graph?.edges, id);
    const key = pathIn(level, id);
    const flat = edge && flatEdge(level, edge);
    this.#changed.edges.add(key);
    if (!flat || (flat === edge && level === this.#root)) this.#edges.delete(key);
    else this.#edges.set(key, flat);
  }

  #mergeDims(document: GraphDocument): void {
    this.#areDimsStale = false;
    this.#dims =
      this.#ownDims.size === 0 ? document.dims : Object.assign({}, document.dims, ...this.#ownDims.values());
  }

  /** Symbols of the document, and those of uses of blocks under their paths. */
  get dims(): GraphDocument['dims'] {
    return this.#dims;
  }

  node(path: PathText): GraphNode | undefined {
    const inner = this.#inner.get(path);
    if (inner) return inner.node;
    const id = rootId(path);
    return id === undefined || this.#root.children.has(id) ? undefined : own(this.#document?.nodes, id);
  }

  edge(key: string): GraphEdge | undefined {
    const flat = this.#edges.get(key);
    if (flat) return flat;
    const id = rootId(key);
    return id === undefined ? undefined : own(this.#document?.edges, id);
  }

  inside(path: PathText): Inside | undefined {
    return this.#inner.get(path)?.inside;
  }

  use(path: PathText): Use | undefined {
    return this.#uses.get(path);
  }

  get uses(): Iterable<Use> {
    return this.#uses.values();
  }

  /** Why a node of type block stands for nothing. */
  faults(path: PathText): readonly Diagnostic[] {
    return this.#faults.get(path) ?? noFaults;
  }

  /** Repeats, each after the one around it. */
  get regions(): readonly Region[] {
    return regionsOf(this.#root);
  }

  /** All nodes, in the order of the drawings, a block's where its use stands; and all wires. */
  get records(): Pick<FlatGraph, 'nodes' | 'edges'> {
    this.#records ??= recordsOf(this.#document as GraphDocument, this.#root, this.#inner, this.#edges);
    return this.#records;
  }
}

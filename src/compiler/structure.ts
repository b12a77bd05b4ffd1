/**
 * The graph before any shape: which type each node has, whether its parameters can be read, where
 * each wire goes, and an order in which every node follows what it reads.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { PortRef } from '../base/edit.ts';
import { type Text, text } from '../base/text.ts';
import { type AnyNodeDefinition, catalogue, findNodeType, type PortSpec } from '../catalogue/index.ts';
import type { GraphDocument } from '../../graph-schema/document.ts';

export interface ResolvedNode {
  readonly id: string;
  readonly definition: AnyNodeDefinition;
  /** Parsed, defaults filled in. */
  readonly params: unknown;
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
  /** The wire on each input that has one. */
  readonly wires: Readonly<Record<string, { readonly edge: string; readonly from: PortRef }>>;
}

export interface Structure {
  readonly nodes: ReadonlyMap<string, ResolvedNode>;
  readonly order: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** “Linear ‘hidden’”: how messages call a node. */
export function nameOf(document: GraphDocument, id: string): Text {
  const node = document.nodes[id];
  const title = node && findNodeType(node.type)?.title;
  const label = node?.label ?? id;
  return title ? text(`${title.en} “${label}”`, `${title.zh}“${label}”`) : text(`“${label}”`, `“${label}”`);
}

export function resolveStructure(document: GraphDocument): Structure {
  const diagnostics: Diagnostic[] = [];
  const report = (d: Diagnostic) => diagnostics.push(d);
  const incoming = collectWires(document, report);
  const nodes = new Map<string, ResolvedNode>();
  for (const id of Object.keys(document.nodes)) {
    const node = resolveNode(document, id, incoming.get(id) ?? {}, report);
    if (node) nodes.set(id, node);
  }
  checkPorts(document, nodes, report);
  return { nodes, order: sortNodes(document, nodes, report), diagnostics };
}

type Wires = Record<string, { edge: string; from: PortRef }>;
type Report = (diagnostic: Diagnostic) => void;

/** The wire on each input, by node. A wire with a lost end, or a second one on an input, is reported and left out. */
function collectWires(document: GraphDocument, report: Report): Map<string, Wires> {
  const incoming = new Map<string, Wires>();
  for (const [edge, { from, to }] of Object.entries(document.edges)) {
    const fixes = [
      { title: text('Delete the wire', '删除连线'), edits: [{ edit: 'removeEdge', edge } as const] },
    ];
    const lost = [from, to].find((end) => !Object.hasOwn(document.nodes, end.node));
    if (lost) {
      report(diagnose('dangling-edge', { edge }, { node: lost.node }, { fixes }));
      continue;
    }
    // Without a prototype: port names come from the user, and one may be `__proto__`.
    const wires: Wires = incoming.get(to.node) ?? Object.create(null);
    incoming.set(to.node, wires);
    if (Object.hasOwn(wires, to.port)) {
      report(diagnose('port-taken', { node: to.node, port: to.port, edge }, { port: to.port }, { fixes }));
      continue;
    }
    wires[to.port] = { edge, from };
  }
  return incoming;
}

function resolveNode(
  document: GraphDocument,
  id: string,
  wires: Wires,
  report: Report,
): ResolvedNode | undefined {
  const node = document.nodes[id] as GraphDocument['nodes'][string];
  const definition = findNodeType(node.type);
  if (!definition) {
    const near = nearest(node.type);
    const suggestion = near === undefined ? '' : `: ${near}?`;
    report(diagnose('unknown-type', { node: id }, { type: node.type, suggestion }));
    return undefined;
  }
  const read = definition.params.safeParse(node.params);
  if (!read.success) {
    for (const issue of read.error.issues) {
      const param = String(issue.path[0] ?? '');
      const at = issue.path.join('.') || 'params';
      report(diagnose('bad-param', { node: id, param }, { param: at, detail: issue.message }));
    }
    return undefined;
  }
  const context = { params: read.data, wired: Object.keys(wires) };
  const ports = (specs: AnyNodeDefinition['inputs']) =>
    typeof specs === 'function' ? specs(context) : specs;
  return {
    id,
    definition,
    params: read.data,
    inputs: ports(definition.inputs),
    outputs: ports(definition.outputs),
    wires,
  };
}

/** Every wire must end at ports that exist; every required input needs a wire. */
function checkPorts(document: GraphDocument, nodes: ReadonlyMap<string, ResolvedNode>, report: Report): void {
  const isPort = (specs: readonly PortSpec[], name: string) => specs.some((p) => p.name === name);
  for (const node of nodes.values()) {
    for (const [port, { edge, from }] of Object.entries(node.wires)) {
      const source = nodes.get(from.node);
      const outputs = source?.outputs ?? [];
      const wrong = !isPort(node.inputs, port)
        ? { end: { node: node.id, port }, specs: node.inputs, direction: text('input', '输入') }
        : source && !isPort(outputs, from.port)
          ? { end: from, specs: outputs, direction: text('output', '输出') }
          : undefined;
      if (!wrong) continue;
      const { end, specs, direction } = wrong;
      const ports = specs.map((p) => p.name).join(', ') || '–';
      const fixes = [
        { title: text('Delete the wire', '删除连线'), edits: [{ edit: 'removeEdge', edge } as const] },
      ];
      report(
        diagnose(
          'unknown-port',
          { ...end, edge },
          { node: nameOf(document, end.node), direction, port: end.port, ports },
          { fixes },
        ),
      );
    }
    for (const { name, optional } of node.inputs)
      if (!optional && !Object.hasOwn(node.wires, name))
        report(
          diagnose(
            'missing-input',
            { node: node.id, port: name },
            { port: name, node: nameOf(document, node.id) },
          ),
        );
  }
}

/** Kahn's algorithm; what is left over lies on or below a loop, and each loop is reported once. */
function sortNodes(
  document: GraphDocument,
  nodes: ReadonlyMap<string, ResolvedNode>,
  report: Report,
): string[] {
  const sources = (id: string) =>
    Object.values(nodes.get(id)?.wires ?? {})
      .map((w) => w.from.node)
      .filter((n) => nodes.has(n));
  const users = new Map<string, string[]>();
  const waiting = new Map<string, number>();
  for (const id of nodes.keys()) {
    const above = sources(id);
    waiting.set(id, above.length);
    for (const source of above) users.set(source, [...(users.get(source) ?? []), id]);
  }
  const order = [...nodes.keys()].filter((id) => waiting.get(id) === 0);
  for (let i = 0; i < order.length; i++)
    for (const user of users.get(order[i] as string) ?? []) {
      const left = (waiting.get(user) as number) - 1;
      waiting.set(user, left);
      if (left === 0) order.push(user);
    }
  const sorted = new Set(order);
  const seen = new Set<string>();
  for (const start of nodes.keys()) {
    if (sorted.has(start) || seen.has(start)) continue;
    const loop = walkLoop(start, (id) => sources(id).find((s) => !sorted.has(s)), seen);
    if (loop.length > 0) reportLoop(document, nodes, loop, report);
  }
  return order;
}

/** Follows sources upwards until a node comes again; empty when the walk runs into what was seen before. */
function walkLoop(start: string, sourceOf: (id: string) => string | undefined, seen: Set<string>): string[] {
  const path: string[] = [];
  let at: string | undefined = start;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    path.push(at);
    at = sourceOf(at);
  }
  const from = at === undefined ? -1 : path.indexOf(at);
  return from < 0 ? [] : path.slice(from).reverse();
}

function reportLoop(
  document: GraphDocument,
  nodes: ReadonlyMap<string, ResolvedNode>,
  loop: readonly string[],
  report: Report,
): void {
  const names = [...loop, loop[0] as string].map((id) => document.nodes[id]?.label ?? id);
  const related = loop.map((id, i) => {
    const source = loop[(i + loop.length - 1) % loop.length];
    const wire = Object.values(nodes.get(id)?.wires ?? {}).find((w) => w.from.node === source);
    return { node: id, ...(wire && { edge: wire.edge }) };
  });
  const last = related[0];
  const fixes =
    last?.edge === undefined
      ? []
      : [
          {
            title: text('Delete the wire that closes the loop', '删除闭合循环的连线'),
            edits: [{ edit: 'removeEdge', edge: last.edge } as const],
          },
        ];
  const port = Object.entries(nodes.get(loop[0] as string)?.wires ?? {}).find(
    ([, w]) => w.edge === last?.edge,
  )?.[0];
  report(
    diagnose(
      'cycle',
      {
        node: loop[0] as string,
        ...(port !== undefined && { port }),
        ...(last?.edge !== undefined && { edge: last.edge }),
      },
      { loop: names.join(' → ') },
      { related, fixes },
    ),
  );
}

/** The node type whose name is closest to a mistyped one, when it is close. */
function nearest(type: string): string | undefined {
  const best = catalogue
    .map((d) => ({ type: d.type, distance: editDistance(type.toLowerCase(), d.type) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= 2 ? best.type : undefined;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= Math.min(a.length, 100); i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (next[j - 1] as number) + 1,
        (row[j] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] as number;
}

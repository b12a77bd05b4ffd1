/**
 * In which order to lower a flat graph: nodes one by one, a repeat as a whole and its nodes by themselves.
 * Nodes that only hand values on are seen through, except for the ports of repeats.
 */
import type { PathText } from '../../base/path.ts';
import type { Analysis } from '../analyse.ts';
import { isHandedOn, orderFrom } from '../check/order.ts';
import type { Region } from '../elaborate/flat.ts';

/** A node, or a repeat with what it consists of. */
export type Unit = PathText | { readonly region: Region; readonly body: readonly Unit[] };

/** Whether a node is an input or output of the repeat that it lies in. */
export function isPortOfRepeat({ flat }: Analysis, path: PathText): boolean {
  const inside = flat.inside(path);
  return inside?.port !== undefined && inside.region?.path === inside.port.use;
}

/** Whether a unit is computed where only some nodes are wanted: a repeat as a whole, where anything in it is. */
export const isWanted = (unit: Unit, only: ReadonlySet<PathText> | undefined): boolean =>
  only === undefined ||
  (typeof unit === 'string' ? only.has(unit) : unit.body.some((inner) => isWanted(inner, only)));

/** Sound nodes in an order in which each follows what it reads. */
export function unitsOf(analysis: Analysis): readonly Unit[] {
  const { flat, order, sound } = analysis;
  // What is known of an optimizer comes to a check along no wire of its own: it stands last, and gives nothing on.
  const isLast = (path: PathText) => analysis.node(path)?.definition.followsOptimizer !== undefined;
  const known = order.filter((path) => sound.has(path));
  const nodes = [...known.filter((path) => !isLast(path)), ...known.filter(isLast)];
  const regions = flat.regions.filter(({ path }) => !analysis.unsoundRepeats.has(path));
  if (regions.length === 0) return nodes;
  const ports = regions.flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ node }) => node));
  // As they are drawn, so that the order within a repeat does not depend on how it is written.
  const all = new Set([...nodes, ...ports]);
  const drawn = Object.keys(flat.records.nodes).filter((path) => all.has(path));
  const members = lastFollowers(drawn, analysis);
  const readers = readersAmong(analysis, new Set(members));
  return within(undefined, members, readers, analysis);
}

/** What a check knows of an optimizer comes along no wire that is drawn: it gives nothing on, and so may stand last. */
function lastFollowers(paths: readonly PathText[], { node }: Analysis): readonly PathText[] {
  const follows = (path: PathText) => node(path)?.definition.followsOptimizer !== undefined;
  return [...paths.filter((path) => !follows(path)), ...paths.filter(follows)];
}

/** Who reads whom, handed-on values taken from where they were made or came into a repeat. */
function readersAmong(
  analysis: Analysis,
  members: ReadonlySet<PathText>,
): ReadonlyMap<PathText, readonly PathText[]> {
  const wires = Object.values(analysis.flat.records.edges);
  // Only what hands on is seen through: what a node that is left out would give reaches nobody.
  const given = new Map(
    wires.flatMap(({ from, to }) =>
      isHandedOn(to.port) && analysis.flat.inside(to.node)?.port ? [[to.node, from.node]] : [],
    ),
  );
  const readers = new Map<PathText, PathText[]>();
  for (const { from, to } of wires) {
    if (!members.has(to.node)) continue;
    let maker: PathText | undefined = from.node;
    // Blocks that are wired in a circle hand on for ever.
    for (let steps = 0; maker !== undefined && !members.has(maker); steps++)
      maker = steps > given.size ? undefined : given.get(maker);
    if (maker === undefined) continue;
    const known = readers.get(maker);
    if (known) known.push(to.node);
    else readers.set(maker, [to.node]);
  }
  return readers;
}

function within(
  around: Region | undefined,
  members: readonly PathText[],
  readers: ReadonlyMap<PathText, readonly PathText[]>,
  analysis: Analysis,
): readonly Unit[] {
  /** The repeat directly below `around` that a node lies in. */
  const regionOf = (path: PathText): Region | undefined => {
    let region = analysis.flat.inside(path)?.region;
    while (region && region !== around && region.around !== around) region = region.around;
    return region === around ? undefined : region;
  };
  const nameOf = (path: PathText) => regionOf(path)?.path ?? path;
  const groups = new Map<PathText, { region: Region | undefined; members: PathText[] }>();
  for (const path of members) {
    const group = groups.get(nameOf(path));
    if (group) group.members.push(path);
    else groups.set(nameOf(path), { region: regionOf(path), members: [path] });
  }
  const below = (name: PathText): readonly PathText[] => {
    const found = new Set(
      (groups.get(name)?.members ?? []).flatMap((path) => (readers.get(path) ?? []).map(nameOf)),
    );
    found.delete(name);
    return [...found].filter((reader) => groups.has(reader)).sort();
  };
  return orderFrom(groups.keys(), below).order.map((name) => {
    const { region, members: inner } = groups.get(name) as {
      region: Region | undefined;
      members: PathText[];
    };
    return region ? { region, body: within(region, inner, readers, analysis) } : name;
  });
}

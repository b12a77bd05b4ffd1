/** Values that have several names: a wire into or out of a block carries what some node inside or outside made. */
import { type PathText, portKey, readPath, showPath } from '../../base/path.ts';
import type { Analysis } from '../analyse.ts';
import { isHandedOn } from '../check/order.ts';
import type { RepeatIteration } from '../elaborate/flat.ts';
import { isPortOfRepeat } from './units.ts';

/** What is known of a value under its own key is known under the keys that a drawing has for it, too. */
export function addAliases(analysis: Analysis, ...known: Record<string, unknown>[]): void {
  for (const [alias, key] of aliasesOf(analysis))
    for (const of of known) if (Object.hasOwn(of, key) && !Object.hasOwn(of, alias)) of[alias] = of[key];
}

/** What makes a value, as it stands for every turn of the repeats around it. */
interface Maker {
  readonly node: PathText;
  readonly port: string;
  /** The node of the flat graph that brings it: of a repeat, its output. */
  readonly by: PathText;
}

/** A port's key, as a drawing has it, the key under which its value is known, and what makes that. */
export function aliasesOf(
  analysis: Analysis,
): readonly (readonly [alias: string, key: string, maker: Maker])[] {
  const { flat } = analysis;
  const found: [string, string, Maker][] = [];
  const link = (path: PathText, port: string, node: PathText) => {
    const made = makerOf(analysis, node);
    if (!made) return;
    const iterations = flat.inside(node)?.iterations ?? [];
    const makers = indexed(made.node, iterations);
    for (const [i, at] of indexed(path, iterations).entries())
      found.push([portKey(at, port), portKey(makers[i] ?? made.node, made.port), made]);
  };
  for (const { path, inputs, outputs } of flat.uses) {
    for (const { name, node } of outputs) if (!isPortOfRepeat(analysis, node)) link(path, name, node);
    for (const { node } of inputs) if (!isPortOfRepeat(analysis, node)) link(node, 'out', node);
  }
  return found;
}

/** The output whose value a node hands on, which may be that of a repeat; undefined where nothing is wired to it. */
function makerOf(analysis: Analysis, path: PathText): Maker | undefined {
  let [node, port] = [path, 'out'];
  const passed = new Set<PathText>();
  for (let at = analysis.flat.inside(node)?.port; at; at = analysis.flat.inside(node)?.port) {
    if (isPortOfRepeat(analysis, node))
      return at.kind === 'input' ? undefined : { node: at.use, port: at.name, by: node };
    const wires = Object.entries(analysis.node(node)?.wires ?? {});
    const given = wires.find(([name]) => isHandedOn(name))?.[1].from;
    if (!given || passed.has(node)) return undefined;
    passed.add(node);
    ({ node, port } = given);
  }
  return { node, port, by: node };
}

/** A path as it stands in every iteration of the loops around it. */
export function indexed(path: PathText, iterations: readonly RepeatIteration[]): readonly PathText[] {
  let found: readonly (readonly string[])[] = [readPath(path)];
  for (const { isLoop, count, at } of iterations)
    if (isLoop && (found[0]?.length ?? 0) > at)
      found = found.flatMap((ids) => Array.from({ length: count }, (_, i) => ids.with(at, String(i))));
  return found.map(showPath);
}

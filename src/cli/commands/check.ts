/** `tensorloom check`: is the graph sound, and what stands on its wires? */

import { type Diagnostic, type Fix, isError } from '../../base/diagnostic.ts';
import { portKey } from '../../base/path.ts';
import { visible } from '../../base/visible.ts';
import { searchFixes } from '../../compiler/fixes/index.ts';
import { createChecker } from '../../compiler/index.ts';
import type { ShownType } from '../../compiler/types.ts';
import type { CliCommand } from '../command.ts';
import { readGraph } from '../command-files.ts';
import { table } from '../format.ts';

export const check: CliCommand = {
  usage: 'check GRAPH.json',
  about: 'find out whether the graph is sound, and print its shapes',
  operands: { min: 1, max: 1 },
  options: {},
  async run(call, io) {
    const { value: document, diagnostics } = await readGraph(call.operands[0] as string, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };

    const checker = createChecker();
    const checked = checker(document);
    const nodes = Object.keys(document.nodes).length;
    const mended = withFixes(checked.diagnostics, nodes, (diagnostic) =>
      searchFixes(document, checked, diagnostic, checker),
    );
    const all = [...diagnostics, ...mended];
    const outputs = checked.order.flatMap((node) =>
      Object.entries(checked.nodes[node]?.outputTypes ?? {}).map(
        ([port, type]) => [portKey(node, port), type] as const,
      ),
    );
    const errors = all.filter(isError).length;
    const warnings = all.filter((d) => d.severity === 'warning').length;
    const counts = { nodes, edges: Object.keys(document.edges).length };
    const verdict = `${visible(document.name)}: ${counts.nodes} nodes, ${counts.edges} edges, ${errors} errors, ${warnings} warnings`;
    return {
      ok: errors === 0,
      diagnostics: all,
      json: { name: document.name, ...counts, types: Object.fromEntries(outputs) },
      text: [verdict, table(outputs.map(([port, type]) => [`  ${port}`, shown(type)]))]
        .filter(Boolean)
        .join('\n'),
    };
  },
};

/** How much the trials of all fixes together look at, at most: only large documents full of errors come so far. */
const MOST_LOOKED_AT = 1_000_000;
/** A diagnostic is compared with all others after a trial, which costs about as much as so many nodes. */
const NODES_A_DIAGNOSTIC = 10;

/** The diagnostics with what would mend them, the first ones where there are very many. */
function withFixes(
  diagnostics: readonly Diagnostic[],
  nodes: number,
  search: (diagnostic: Diagnostic) => Generator<undefined, readonly Fix[]>,
): readonly Diagnostic[] {
  let left = MOST_LOOKED_AT;
  const eachTrial = nodes + NODES_A_DIAGNOSTIC * diagnostics.length;
  return diagnostics.map((diagnostic) => {
    // What the checker proposes itself is offered where it was tried only.
    if (left <= 0) return { ...diagnostic, fixes: [] };
    const trials = search(diagnostic);
    let trial = trials.next();
    for (; !trial.done; trial = trials.next()) left -= eachTrial;
    return { ...diagnostic, fixes: trial.value };
  });
}

/** `i 3 · batch B=64 · k ?` */
function shown({ axes }: ShownType): string {
  if (axes.length === 0) return 'scalar';
  return axes
    .map(({ name, written, size }) => {
      if (size === undefined) return `${name} ?`;
      return written === String(size) ? `${name} ${size}` : `${name} ${written}=${size}`;
    })
    .join(' · ');
}

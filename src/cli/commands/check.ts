/** `tensorloom check`: is the graph sound, and what stands on its wires? */

import { isError } from '../../base/diagnostic.ts';
import { portKey } from '../../base/path.ts';
import { visible } from '../../base/visible.ts';
import { createChecker } from '../../compiler/index.ts';
import type { ShownType } from '../../compiler/types.ts';
import type { CliCommand } from '../command.ts';
import { readGraph } from '../command-files.ts';
import { table } from '../format.ts';
import { withFixes } from '../tried-fixes.ts';

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
    const all = [...diagnostics, ...withFixes(document, checked, checker)];
    const outputs = checked.order.flatMap((node) =>
      Object.entries(checked.nodes[node]?.outputTypes ?? {}).map(
        ([port, type]) => [portKey(node, port), type] as const,
      ),
    );
    const errors = all.filter(isError).length;
    const warnings = all.filter((d) => d.severity === 'warning').length;
    const counts = { nodes: Object.keys(document.nodes).length, edges: Object.keys(document.edges).length };
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

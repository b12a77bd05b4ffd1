/** Every fix that is offered for a random document takes its diagnostic away, and adds no error. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { type Diagnostic, isDestructive, isError } from '../../src/base/diagnostic.ts';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';
import { conflicting, document } from '../support/random-graphs.ts';

const alike =
  ({ code, node, port, axis, param }: Diagnostic) =>
  (d: Diagnostic): boolean =>
    d.code === code && d.node === node && d.port === port && d.axis === axis && d.param === param;
const count = (list: readonly Diagnostic[], of: (d: Diagnostic) => boolean): number => list.filter(of).length;

/** As many diagnostics of one document as are looked at: each costs up to 60 checks. */
const mostTold = 3;

function expectSound(graph: GraphDocument): number {
  const before = check(graph);
  let offered = 0;
  for (const told of before.diagnostics.slice(0, mostTold)) {
    const fixes = fixesFor(graph, before, told, createChecker());
    expect([...fixes].map(isDestructive)).toEqual(fixes.map(isDestructive).sort());
    for (const { title, edits } of fixes) {
      offered++;
      const after = check(edited(graph, edits)).diagnostics;
      expect(count(after, alike(told)), title.en).toBeLessThan(count(before.diagnostics, alike(told)));
      expect(count(after, isError), title.en).toBeLessThanOrEqual(count(before.diagnostics, isError));
    }
  }
  return offered;
}

it('fixes resolve, and add no error', () => {
  let offered = 0;
  fc.assert(
    fc.property(fc.oneof(conflicting, document), (graph) => {
      offered += expectSound(graph);
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 40), endOnFailure: true },
  );
  expect(offered).toBeGreaterThan(80);
});

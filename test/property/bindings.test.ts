/**
 * The checker reasons about all sizes at once; here each is tried. What it accepts works under some
 * binding for every batch size, with the very sizes it shows, and runs; what it rejects works under none.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../../src/base/diagnostic.ts';
import { portKey } from '../../src/base/path.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { drawing, type Shapes, workingBindings } from '../support/bindings.ts';

const batches = [3, 1, 2, 4, 5, 6];
/** What leaves a question open is no statement about bindings, and neither is what trains a parameter. */
const isDecided = (code: string): boolean => code !== 'size-open' && code !== 'two-optimizers';

const withBatch = (document: GraphDocument, B: number): GraphDocument => ({
  ...document,
  dims: { ...document.dims, B },
});
const hasBatch = ({ nodes }: GraphDocument): boolean =>
  Object.values(nodes).some(({ type }) => type === 'dataset');
const errorsOf = (document: GraphDocument): string[] =>
  check(document)
    .diagnostics.filter(isError)
    .map(({ code }) => code);

/** Sizes worth trying: small ones, and what the checker thinks it found for those that were left open. */
function candidates(document: GraphDocument): number[] {
  const sources = Object.values(check(document).nodes).filter(({ inputs }) => inputs.length === 0);
  const found = sources.flatMap(({ outputTypes }) =>
    Object.values(outputTypes).flatMap(({ axes }) => axes.flatMap(({ size }) => size ?? [])),
  );
  return [...new Set([1, 2, 3, 4, 5, 6, 8, 9, ...found.filter((n) => n > 0)])];
}

function first<T>(most: number, all: Iterable<T>): T[] {
  const found: T[] = [];
  for (const one of all) if (found.push(one) === most) break;
  return found;
}

type Written = Readonly<Record<string, readonly string[]>>;

/** Axes by port, as the checker shows them; a size that it leaves open is `?`. */
const shownBy = (document: GraphDocument): Written =>
  Object.fromEntries(
    Object.entries(check(document).nodes).flatMap(([id, { outputTypes }]) =>
      Object.entries(outputTypes).map(([port, { axes }]) => [
        portKey(id, port),
        axes.map(({ name, size }) => `${name} ${size ?? '?'}`),
      ]),
    ),
  );
/** The same axes as they were tried, with `?` where the checker leaves the size open. */
const written = (shapes: Shapes, shown: Written): Written =>
  Object.fromEntries(
    [...shapes].map(([port, shape]) => [
      port,
      shape.map(({ name, size }, d) => `${name} ${shown[port]?.[d]?.endsWith('?') ? '?' : size}`),
    ]),
  );

describe('of all bindings of a drawing', () => {
  it('those that work have the sizes that the checker shows; where it accepts there are some, for every batch size', () => {
    let [accepted, open] = [0, 0];
    fc.assert(
      fc.property(drawing, ({ document, order }) => {
        if (errorsOf(document).some(isDecided)) return;
        for (const B of hasBatch(document) ? batches : [3]) {
          const bound = withBatch(document, B);
          const errors = errorsOf(bound);
          const working = first(30, workingBindings(bound, order, { B, d: 2 }, candidates(bound)));
          if (errors.some(isDecided)) {
            // A window along the batch leaves nothing of a small one.
            expect(B).not.toBe(3);
            expect(errors.filter(isDecided)).not.toContain('size-conflict');
            expect(working).toEqual([]);
            continue;
          }
          const shown = shownBy(bound);
          for (const shapes of working) expect(written(shapes, shown)).toEqual(shown);
          if (errors.length > 0) open += working.length;
          else {
            expect(working).not.toEqual([]);
            accepted++;
          }
        }
      }),
      { numRuns: 600, endOnFailure: true },
    );
    expect(accepted).toBeGreaterThan(300);
    expect(open).toBeGreaterThan(300);
  }, 120_000);

  it('none works for every batch size where the checker rejects', () => {
    let rejected = 0;
    fc.assert(
      fc.property(drawing, ({ document, order }) => {
        if (!errorsOf(document).some(isDecided)) return;
        rejected++;
        const works = (B: number) =>
          !workingBindings(withBatch(document, B), order, { B, d: 2 }, candidates(document)).next().done;
        expect((hasBatch(document) ? batches : [3]).every(works)).toBe(false);
      }),
      { numRuns: 2500, endOnFailure: true },
    );
    expect(rejected).toBeGreaterThan(200);
  }, 120_000);

  it('those that work are run, and give as many numbers as their shapes say', async () => {
    let ran = 0;
    const engine = await engines.reference();
    await fc.assert(
      fc.asyncProperty(drawing, fc.constantFrom(...batches), async ({ document, order }, B) => {
        const bound = withBatch(document, B);
        if (errorsOf(bound).length > 0) return;
        const [shapes] = workingBindings(bound, order, { B, d: 2 }, candidates(bound));
        const { value } = compile(bound, { expose: 'all', dtype: 'float64' });
        if (!shapes || !value) return;
        const { plan, values } = value.forward;
        const executable = await engine.load(plan);
        await executable.advance(1);
        for (const [port, name] of Object.entries(values)) {
          const elements = (shapes.get(port) ?? []).reduce((n, axis) => n * axis.size, 1);
          expect((await executable.read(name)).length, port).toBe(elements);
        }
        executable.dispose();
        ran++;
      }),
      { numRuns: 400, endOnFailure: true },
    );
    expect(ran).toBeGreaterThan(60);
  }, 120_000);
});

/**
 * What the check calls sound never fails later: it compiles, trains, is evaluated on the rows that were held
 * back, and shows its values. PROPERTY_RUNS=20000 tries more documents, PROPERTY_SEED=<number> others.
 */
import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../../src/base/diagnostic.ts';
import { catalogue } from '../../src/catalogue/index.ts';
import { compile } from '../../src/compiler/index.ts';
import { builtInData, type DataSource } from '../../src/datasets/index.ts';
import type { Engine } from '../../src/numeric/engine.ts';
import { engines } from '../../src/numeric/index.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { run } from '../../src/runtime/run.ts';
import { soundDocuments } from '../support/sound-documents.ts';
import { errorsOf } from '../support/train.ts';

const runs = Number(process.env.PROPERTY_RUNS ?? 400);
const first = Number(process.env.PROPERTY_SEED ?? 1) * 1_000_000;
const memoryLimit = 2 ** 26;

/** Numbers for data of the document, class numbers where they are labels. */
const data: DataSource = {
  async resolve(ref) {
    if (!ref.own) return builtInData.resolve(ref);
    const { rows, columns, sha256 } = ref.own;
    const numbers = Object.entries(columns).map(([name, { shape, classes }]) => {
      const count = rows * shape.reduce((n, size) => n * size, 1);
      return [
        name,
        Float32Array.from({ length: count }, (_, i) => (classes === undefined ? Math.sin(i) : i % classes)),
      ];
    });
    return { columns: Object.fromEntries(numbers), sha256 };
  },
};

/** What numbers do, and what a host refuses, is no fault of the check. */
const told = ['not-finite', 'index-out-of-range', 'out-of-memory'];

interface Met {
  trained: number;
  evaluated: number;
  /** By a number that is not finite: the node that made it must be named. */
  stopped: number;
}

/** Two steps with an evaluation; `looks`: then every value and gradient that can be shown. */
async function use(document: GraphDocument, engine: Engine, met: Met, looks: boolean): Promise<void> {
  const { value, diagnostics } = compile(document, { expose: 'all', memoryLimit });
  if (!value) {
    // What a host refuses is not the document's fault.
    expect(diagnostics.filter(isError).map(({ code }) => code)).toEqual(['out-of-memory']);
    return;
  }
  if (value.train) {
    met.trained++;
    for await (const event of run(value, engine, { data, memoryLimit })) {
      if (event.type === 'evaluated') met.evaluated++;
      if (event.type !== 'failed') continue;
      for (const { code, node } of event.diagnostics) {
        expect(told).toContain(code);
        if (code === 'not-finite') met.stopped++;
        if (code === 'not-finite') expect(node).toBeDefined();
      }
    }
  }
  if (value.train && !looks) return;
  const tensors = value.state.map(({ name }) => name);
  const shown = await inspect(value, engine, { data, memoryLimit, tensors });
  for (const { code } of shown.diagnostics) expect(told).toContain(code);
}

function typesOf({ nodes, blocks }: GraphDocument): string[] {
  return [nodes, ...Object.values(blocks).map((block) => block.nodes)].flatMap((level) =>
    Object.values(level).map(({ type }) => type),
  );
}

it(`holds for ${runs} random documents over all node types`, async () => {
  const [reference, wasm] = [await engines.reference(), await engines.wasm()];
  const types = new Map<string, number>();
  const met: Met = { trained: 0, evaluated: 0, stopped: 0 };
  let [tried, nodes] = [0, 0];
  for (const document of soundDocuments(first)) {
    // From scratch: the generator has asked a checker that remembers.
    expect(errorsOf(document)).toEqual([]);
    const found = typesOf(document);
    nodes += found.length;
    for (const type of found) types.set(type, (types.get(type) ?? 0) + 1);
    try {
      // Some by the engine that people use; to make a module of each would take its time.
      await use(document, tried % 24 === 0 ? wasm : reference, met, tried % 4 === 0);
    } catch (error) {
      throw new Error(`document ${tried} of seed ${first}: ${error}\n${JSON.stringify(document)}`, {
        cause: error,
      });
    }
    if (++tried === runs) break;
  }
  // The random documents must be worth something: every node type is met, most train and are evaluated.
  const all = [...catalogue.map(({ type }) => type), 'block', 'block-input', 'block-output'];
  expect(all.filter((type) => (types.get(type) ?? 0) < runs / 500)).toEqual([]);
  expect(nodes / runs).toBeGreaterThan(8);
  expect(met.trained / runs).toBeGreaterThan(0.6);
  if (process.env.PROPERTY_TELL) console.log(met, Object.fromEntries(types));
  expect(met.stopped).toBeGreaterThan(0);
  expect(met.evaluated / runs).toBeGreaterThan(0.4);
}, 3_600_000);

/** Caches decide how a product is cut into blocks, and nothing else: the bits are the same for all of them. */
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { Builder } from '../../src/ir/builder.ts';
import { optimise } from '../../src/ir/passes/index.ts';
import type { Caches } from '../../src/ir/plan.ts';
import { elements, type Program } from '../../src/ir/program.ts';
import { processor } from '../../src/ir/target.ts';
import { createWasm } from '../../src/numeric/wasm/wasm-engine.ts';

const KIB = 1024;
/** From a microcontroller's to a server's; the last are no processor's. */
const caches: readonly Caches[] = [
  { first: 32 * KIB, second: 512 * KIB },
  { first: 16 * KIB, second: 128 * KIB },
  { first: 32 * KIB, second: 256 * KIB },
  { first: 48 * KIB, second: 2048 * KIB },
  { first: 1, second: 1 },
];

/** Products of several blocks in every direction, with edges; transposed, batched, and with a bias and a function. */
const products: Record<string, () => Program> = {
  square: () => product('ij,jk->ik', [301, 307], [307, 311]),
  transposed: () => product('ji,kj->ki', [520, 150], [40, 520]),
  wide: () => product('ij,jk->ik', [7, 300], [300, 2050]),
  tall: () => product('ij,jk->ik', [600, 33], [33, 20]),
  batched: () => product('bij,bjk->bik', [5, 64, 64], [5, 64, 64]),
};

function product(expression: string, ...shapes: readonly number[][]): Program {
  const ir = new Builder();
  const [a = 0, b = 0] = shapes.map((shape, i) => ir.input(`x${i}`, shape, 'feed'));
  return ir.finish([{ name: 'out', value: ir.apply('tanh', ir.einsum(expression, a, b)) }], []);
}

const text = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

describe.each(['float32', 'float64'] as const)('in %s', (dtype) => {
  describe.each(['simd', 'relaxed'] as const)('with %s kernels', (variant) => {
    it.each(Object.keys(products))('%s', async (name) => {
      const program = optimise((products[name] as () => Program)());
      const found: string[] = [];
      for (const sizes of caches) {
        const plan = planProgram(program, processor(dtype, sizes));
        const executable = await createWasm(variant).load(plan);
        for (const [input, { buffer }] of Object.entries(plan.inputs))
          executable.write(input, normal(keyFrom(1, input), elements(plan.buffers[buffer]?.shape ?? [])));
        await executable.advance(1);
        found.push(text(await executable.read('out')));
        executable.dispose();
      }
      expect(found.map((bits) => bits === found[0])).toEqual(caches.map(() => true));
    });
  });
});

/**
 * Sine and cosine of large arguments: the fast engine lost their digits from 10⁶ on, and from 10¹⁷ on gave one number
 * for all. Also found: the same in the gradients of both, and in both precisions. Values: glibc 2.36 (Python's math),
 * float64 functions of the exact arguments; test/conformance/engines.functions.test.ts goes through all magnitudes.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { engines } from '../../src/numeric/index.ts';
import { axesOf } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';
import { byEngine } from '../support/run-graph.ts';

const angles = [1e10, 1e17, 1e22, 1e30, -3e25, 8e300, 2 ** 1023, 0.5];
const sines = [
  -0.4875060250875107, -0.4645301048353727, -0.8522008497671888, 0.009331468931175825, -0.38946622587271873,
  0.9815824956616792, 0.563127779850884, 0.479425538604203,
];
const cosines = [
  0.873119622676856, -0.8855573282976307, 0.523214785395139, -0.9999564608959665, 0.9210407476895148,
  0.19103875054708033, -0.826369834614148, 0.8775825618903728,
];

const document = graph(
  {
    x: { type: 'input', params: { axes: axesOf('i 8') } },
    sin: { type: 'activation', params: { function: 'sin' } },
    cos: { type: 'activation', params: { function: 'cos' } },
    sum: { type: 'contract', params: { expression: 'i->' } },
    slope: { type: 'gradient' },
  },
  ['x.out > sin.x', 'x.out > cos.x', 'sin.y > sum.a', 'sum.out > slope.of', 'x.out > slope.by'],
);

describe.each(['reference', 'wasm'] as const)('on %s', (name) => {
  it('have all their digits in float64', async () => {
    const values = await byEngine(await engines[name](), 'float64')(document, { 'x.out': angles });
    for (const [i] of angles.entries()) {
      expect(values['sin.y']?.[i]).toBeCloseTo(sines[i] as number, 14);
      expect(values['cos.y']?.[i]).toBeCloseTo(cosines[i] as number, 14);
      expect(values['slope.out']?.[i]).toBeCloseTo(cosines[i] as number, 14);
    }
  });

  it('and in float32, of the argument as it is stored', async () => {
    const file = new URL('graphs/sine-of-large-numbers.graph.json', import.meta.url);
    const { value } = parseGraph(readFileSync(file, 'utf8'));
    const values = await byEngine(await engines[name](), 'float32')(value!);
    const y = Array.from(values['f.y'] ?? []);
    // np.sin of the float32 arguments in float64
    const expected = [-0.020802977291315965, 0.967148746500151, -0.49657464352605457, -0.21673787506214112];
    expect(y).toEqual(expected.map((x) => expect.closeTo(x, 7)));
  });
});

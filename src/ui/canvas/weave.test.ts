import { describe, expect, it } from 'vitest';
import type { CheckedNode, ShownType } from '../../compiler/types.ts';
import { type CardContent, layoutCard } from './layout.ts';
import { weaveContraction, weaveKnot, weaveThreads } from './weave.ts';

const type = (names: string): ShownType => ({
  axes: Array.from(names, (name) => ({ name, written: '4', size: 4 })),
});

function card(
  inputs: readonly string[],
  output: string | undefined,
  drawing: CardContent['drawing'],
  category?: CardContent['category'],
) {
  const ports = inputs.map((_, i) => ({ name: 'abc'.charAt(i) }));
  const checked: CheckedNode = {
    inputs: ports,
    outputs: output === undefined ? [] : [{ name: 'out' }],
    inputTypes: Object.fromEntries(inputs.map((names, i) => [ports[i]?.name, type(names)])),
    outputTypes: output === undefined ? {} : { out: type(output) },
    summary: '',
  };
  return layoutCard({ title: 'Title', category, drawing, checked });
}

describe('a contraction', () => {
  const weave = (inputs: readonly string[], output: string) =>
    weaveContraction(
      card(inputs, output, 'contraction', 'contraction'),
      inputs.map((names) => Array.from(names)),
      Array.from(output),
    );

  it('ties the shared index of a matrix product and lets the others through', () => {
    const { strands, knots } = weave(['ij', 'jk'], 'ik');
    expect(knots.map((k) => k.label)).toEqual(['j']);
    expect(strands.map((s) => s.thread.name)).toEqual(['i', 'k', 'j']);
  });

  it('keeps the knots of a trace of a product apart', () => {
    const { knots } = weave(['ik', 'ki'], '');
    expect(knots.map((k) => k.label)).toEqual(['k', 'i']);
    const [k, i] = knots;
    expect(Math.hypot((k?.x ?? 0) - (i?.x ?? 0), (k?.y ?? 0) - (i?.y ?? 0))).toBeGreaterThan(
      (k?.radius ?? 0) * 2,
    );
  });

  it('ties an index that stands on three operands in one knot', () => {
    const { strands, knots } = weave(['ij', 'ik', 'i'], 'jk');
    expect(knots.map((k) => k.label)).toEqual(['i']);
    expect(strands.filter((s) => s.thread.name === 'i')).toHaveLength(3);
  });

  it('goes by the names of the expression, not of the axes', () => {
    const layout = card(['ab', 'cd'], 'ad', 'contraction', 'contraction');
    const { knots } = weaveContraction(
      layout,
      [
        ['i', 'j'],
        ['j', 'k'],
      ],
      ['i', 'k'],
    );
    expect(knots.map((k) => [k.label, k.thread.name])).toEqual([['j', 'b']]);
  });

  it('stays inside the card however many indices close', () => {
    const letters = 'abcdefg';
    const layout = card([letters, letters], '', 'contraction', 'contraction');
    const { knots } = weaveContraction(layout, [Array.from(letters), Array.from(letters)], []);
    expect(knots).toHaveLength(7);
    for (const { x, y } of knots) {
      expect(x).toBeLessThan(layout.width - 8);
      expect(y).toBeLessThan(layout.height);
    }
  });
});

describe('a layer', () => {
  it('lets through what stands on both sides and ends the rest', () => {
    const { strands, ends } = weaveThreads(card(['bp'], 'bh', 'threads'), false);
    expect(strands.map((s) => s.thread.name)).toEqual(['b', 'p', 'h']);
    expect(ends.map((e) => e.thread.name)).toEqual(['p', 'h']);
  });

  it('shows a scalar passing through as one thread', () => {
    expect(weaveThreads(card([''], '', 'threads'), false).strands.map((s) => s.thread.kind)).toEqual([
      'scalar',
    ]);
  });
});

it('a delta ties all its indices in one bare knot', () => {
  const { strands, knots } = weaveKnot(card([], 'ijk', 'knot'));
  expect(strands).toHaveLength(3);
  expect(knots.map((k) => k.label)).toEqual(['']);
});

describe('a card', () => {
  it('has its first port at one height, whatever its type', () => {
    const heights = [
      card([], 'ij', 'values'),
      card(['bp'], 'bh', 'threads'),
      card(['b', 'b'], '', 'scalar'),
    ].map((layout) => (layout.outputs[0] ?? layout.inputs[0])?.y);
    expect(new Set(heights).size).toBe(1);
  });

  it('grows with its ports, which never overlap', () => {
    const layout = card(['abcdef', 'abcdef', 'abcdef'], 'a', 'threads');
    layout.inputs.slice(1).forEach((port, i) => {
      const above = layout.inputs[i];
      expect(port.y - port.height / 2).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0) / 2);
    });
    expect(layout.height).toBeGreaterThan((layout.inputs.at(-1)?.y ?? 0) + 8);
  });
});

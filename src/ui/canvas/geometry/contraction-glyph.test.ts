import { describe, expect, it } from 'vitest';
import type { CheckedNode, ShownType } from '../../../compiler/types.ts';
import { type CardContent, layoutCard } from '../model/card-layout.ts';
import { contractionGlyph, deltaGlyph, threadsGlyph } from './contraction-glyph.ts';

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
    contractionGlyph(
      card(inputs, output, 'contraction', 'contraction'),
      inputs.map((names) => Array.from(names)),
      Array.from(output),
    );

  it('ties the services index of a matrix product and lets the others through', () => {
    const { lines, contracted } = weave(['ij', 'jk'], 'ik');
    expect(contracted.map((k) => k.label)).toEqual(['j']);
    expect(lines.map((s) => s.thread.name)).toEqual(['i', 'k', 'j']);
  });

  it('keeps the contracted of a trace of a product apart', () => {
    const { contracted } = weave(['ik', 'ki'], '');
    expect(contracted.map((k) => k.label)).toEqual(['k', 'i']);
    const [k, i] = contracted;
    expect(Math.hypot((k?.x ?? 0) - (i?.x ?? 0), (k?.y ?? 0) - (i?.y ?? 0))).toBeGreaterThan(
      (k?.radius ?? 0) * 2,
    );
  });

  it('ties an index that stands on three operands in one circle', () => {
    const { lines, contracted } = weave(['ij', 'ik', 'i'], 'jk');
    expect(contracted.map((k) => k.label)).toEqual(['i']);
    expect(lines.filter((s) => s.thread.name === 'i')).toHaveLength(3);
  });

  it('goes by the names of the expression, not of the axes', () => {
    const layout = card(['ab', 'cd'], 'ad', 'contraction', 'contraction');
    const { contracted } = contractionGlyph(
      layout,
      [
        ['i', 'j'],
        ['j', 'k'],
      ],
      ['i', 'k'],
    );
    expect(contracted.map((k) => [k.label, k.thread.name])).toEqual([['j', 'b']]);
  });

  it('stays inside the card however many indices close', () => {
    const letters = 'abcdefg';
    const layout = card([letters, letters], '', 'contraction', 'contraction');
    const { contracted } = contractionGlyph(layout, [Array.from(letters), Array.from(letters)], []);
    expect(contracted).toHaveLength(7);
    for (const { x, y } of contracted) {
      expect(x).toBeLessThan(layout.width - 8);
      expect(y).toBeLessThan(layout.height);
    }
  });

  it('keeps its circles clear of the names of its outputs', () => {
    const layout = { ...card(['ij', 'kl', 'jk', 'li'], '', 'contraction'), width: 176, outputNames: 60 };
    const { contracted } = contractionGlyph(layout, [], []);
    expect(contracted).toHaveLength(4);
    for (const { x, radius } of contracted) expect(x + radius).toBeLessThan(176 - 12 - 60);
  });
});

describe('a layer', () => {
  it('lets through what stands on both sides and ends the rest', () => {
    const { lines, ends } = threadsGlyph(card(['bp'], 'bh', 'threads'), false);
    expect(lines.map((s) => s.thread.name)).toEqual(['b', 'p', 'h']);
    expect(ends.map((e) => e.thread.name)).toEqual(['p', 'h']);
  });

  it('shows a scalar passing through as one thread', () => {
    expect(threadsGlyph(card([''], '', 'threads'), false).lines.map((s) => s.thread.kind)).toEqual([
      'scalar',
    ]);
  });
});

it('a delta ties all its indices in one bare circle', () => {
  const { lines, contracted } = deltaGlyph(card([], 'ijk', 'delta'));
  expect(lines).toHaveLength(3);
  expect(contracted.map((k) => k.label)).toEqual(['']);
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

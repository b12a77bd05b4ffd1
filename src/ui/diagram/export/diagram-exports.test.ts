/** Copied diagrams, letter by letter; `UPDATE=1` writes them anew. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawScene } from '../drawing/draw-scene.ts';
import { sceneOf } from '../drawing/scene.ts';
import { diagramOf } from '../einsum-diagram.test-support.ts';
import { layOutDiagram } from '../layout/lay-out-diagram.ts';
import { describeDiagram } from '../model/describe-diagram.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { paperHues, paperPaint, paperQuiet } from './diagram-look.ts';
import { diagramSvg } from './diagram-svg.ts';
import { diagramTikz, tikzName } from './diagram-tikz.ts';

const diagrams: Readonly<Record<string, NetworkDiagram>> = {
  'matrix-product': diagramOf('ij,jk->ik', { sizes: { i: 2, j: 8, k: 64 } }),
  mps: diagramOf('pa,aqb,brc,cs->pqrs', { sizes: { a: 2, b: 4, c: 2 } }),
  // A ring through two deltas, a double line, a trace, a hyper-index, and an index that is summed alone.
  kinds: diagramOf('ij,jk,kl,li,ab,ab,cc,xu,xv,xw->uvw', {
    kinds: ['isometry', 'delta', 'diagonal', 'delta'],
  }),
};

function exportsOf(name: string) {
  const diagram = diagrams[name] as NetworkDiagram;
  const layout = layOutDiagram(diagram);
  const drawing = drawScene(diagram, sceneOf(diagram, layout));
  const hues = new Map(diagram.indices.map((index, k) => [index.axis, k]));
  const options = {
    title: name,
    description: describeDiagram(diagram, layout.forms, 'en'),
    paint: (axis: string) => paperPaint(hues, axis),
  };
  return { svg: diagramSvg(diagram, drawing, options), tikz: diagramTikz(diagram, drawing, options) };
}

function expectGolden(name: string, text: string): void {
  const folder = new URL('./goldens/', import.meta.url);
  const file = new URL(name, folder);
  if (process.env.UPDATE === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file), 'no golden yet: run with UPDATE=1').toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe.each(Object.keys(diagrams))('%s', (name) => {
  it('as TikZ', () => expectGolden(`${name}.tex`, exportsOf(name).tikz));
  it('as SVG', () => expectGolden(`${name}.svg`, exportsOf(name).svg));
});

/** What is open after a text of tags: each must close in its order. */
function openTags(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, closes, tag, single] of xml.matchAll(/<(\/?)([a-z]+)(?: [a-zA-Z-]+="[^"<>]*")*(\/?)>/g)) {
    if (closes) expect(open.pop()).toBe(tag);
    else if (!single && tag) open.push(tag);
  }
  return open;
}

describe('diagramSvg', () => {
  it('is XML whatever tensors are called, and asks for nothing from elsewhere', () => {
    const name = '</text><script>"&\u0000';
    const odd = diagramOf('ij,jk->ik');
    const diagram = { ...odd, tensors: odd.tensors.map((tensor) => ({ ...tensor, name })) };
    const drawing = drawScene(diagram, sceneOf(diagram, layOutDiagram(diagram)));
    const svg = diagramSvg(diagram, drawing, {
      title: name,
      description: name,
      paint: () => ({ hex: paperQuiet, dash: undefined }),
    });
    expect(openTags(svg)).toEqual([]);
    expect(svg).not.toContain('\u0000');
    expect(svg).not.toMatch(/<script|href|url\(|var\(|class=/);
    expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&quot;&amp;\u{FFFD}');
  });

  it('has the hues of the light canvas', () => {
    const css = readFileSync(new URL('../../ribbon/ribbon.css', import.meta.url), 'utf8');
    const light = css.slice(0, css.indexOf('data-theme="dark"'));
    for (const [hue, hex] of paperHues.entries())
      expect(light).toContain(`--tl-hue-${hue}: #${hex.toLowerCase()};`);
    expect(light).toContain(`--tl-quiet: #${paperQuiet.toLowerCase()};`);
  });
});

describe('tikzName', () => {
  it('writes indices as mathematics and other names as text', () => {
    expect(['i', 'k12', "i'", 'row', 'Linear #2', 'a_b\\{^}', '权重'].map(tikzName)).toEqual([
      '$i$',
      '$k_{12}$',
      "$i'$",
      '\\textit{row}',
      '\\textit{Linear \\#2}',
      '\\textit{a\\_b\\textbackslash{}\\{\\textasciicircum{}\\}}',
      '\\textit{权重}',
    ]);
  });
});

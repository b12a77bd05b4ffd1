/** Bars over bins, and the density that they should follow as a curve. */
import { fill, type Text } from '../../../base/text.ts';
import type { Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import { isSet, type Known, known, numberOf, type PictureSource, textOf } from '../model/picture-source.ts';
import { atTime, evenly, extentOf, hasTime, momentsOf, type Points } from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { allValues, axesInWords, isNowhereFinite, partNotes, spoken } from './parts.ts';

interface Bars {
  readonly edges: Float64Array;
  readonly heights: Float64Array;
}

function edgesOf(source: PictureSource, bins: number): Float64Array {
  const wired = known(source, 'edges')?.value;
  if (wired && wired.data.length > bins) return Float64Array.from(wired.data.slice(0, bins + 1));
  return evenly(bins + 1, numberOf(source, 'xFrom') ?? 0, numberOf(source, 'xTo') ?? bins);
}

/** Heights at a time; where the area is to be 1, divided by ∑ height · width. */
function barsAt(source: PictureSource, values: Parameters<typeof atTime>[0], time: number): Bars {
  const raw = Float64Array.from(atTime(values, time).data);
  const edges = edgesOf(source, raw.length);
  if (!isSet(source, 'area')) return { edges, heights: raw };
  const area = raw.reduce((sum, height, i) => sum + height * width(edges, i), 0);
  return { edges, heights: area > 0 ? raw.map((height) => height / area) : raw };
}

const width = (edges: Float64Array, i: number): number => (edges[i + 1] ?? 0) - (edges[i] ?? 0);
const middle = (edges: Float64Array, i: number): number => ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2;

function densityAt(source: PictureSource, edges: Float64Array, time: number): Points | undefined {
  const density = known(source, 'density');
  if (!density) return undefined;
  const ys = Float64Array.from(atTime(density.value, time).data);
  const x = known(source, 'x')?.value;
  const bins = edges.length - 1;
  if (x && x.data.length >= ys.length) return { xs: Float64Array.from(x.data.slice(0, ys.length)), ys };
  // One for each bin stands at its middle.
  if (ys.length === bins) return { xs: ys.map((_, i) => middle(edges, i)), ys };
  return { xs: evenly(ys.length, edges[0] ?? 0, edges.at(-1) ?? 1), ys };
}

export function histogramScene(source: PictureSource): PictureScene | NoPicture {
  const bars = known(source, 'bars') as Known;
  const density = known(source, 'density');
  if (isNowhereFinite(bars)) return { missing: fill(words.notFinite, { name: bars.name }) };
  const last = barsAt(source, bars.value, 1);
  const moments = Math.max(momentsOf(bars.value), density ? momentsOf(density.value) : 1);
  const times = moments === 1 ? [1] : evenly(Math.min(moments, 64), 0, 1);
  const curve = densityAt(source, last.edges, 1);
  const heights = allValues(bars).flatMap((value) =>
    [...times].map((time) => barsAt(source, value, time).heights),
  );
  const most = extentOf([...heights, curve?.ys ?? []])?.to ?? 1;
  const reach = extentOf([last.edges, curve?.xs ?? []]) ?? { from: 0, to: 1 };
  const plane = {
    x: { ...reach, name: textOf(source, 'xName') || 'x' },
    y: { from: 0, to: (most > 0 ? most : 1) * 1.08, name: isSet(source, 'area') ? 'p' : '' },
  };
  const draw = (time: number): Mark[] => {
    const now = barsAt(source, bars.value, time);
    const over = densityAt(source, now.edges, time);
    return [
      { kind: 'bars', ...now, ink: 'hue-0', alpha: 0.45 },
      ...(over ? [{ kind: 'line', ...over, ink: 'hue-1', width: 2 } as const] : []),
    ];
  };
  const moves = hasTime(bars.value) || (density !== undefined && hasTime(density.value));
  return {
    plane,
    still: moves ? [] : draw(1),
    ...(moves && { moving: draw }),
    moments,
    legend: density
      ? [
          { name: bars.name, ink: 'hue-0', shape: 'square' },
          { name: density.name, ink: 'hue-1' },
        ]
      : [],
    notes: [bars, ...(density ? [density] : [])].flatMap(partNotes),
    words: () => [...axesInWords(plane, said.height), ...inWords(last, curve, plane.x.name)],
  };
}

function inWords({ edges, heights }: Bars, density: Points | undefined, x: string): Text[] {
  const top = heights.indexOf(Math.max(...heights));
  const facts: Text[] = [
    fill(said.bars, {
      x,
      from: spoken(edges[0] ?? 0),
      to: spoken(edges.at(-1) ?? 0),
      count: heights.length,
      most: spoken(heights[top] ?? Number.NaN),
      at: spoken(middle(edges, top)),
    }),
  ];
  if (!density) return facts;
  const peak = density.ys.indexOf(Math.max(...density.ys));
  facts.push(
    fill(said.density, {
      most: spoken(density.ys[peak] ?? Number.NaN),
      at: spoken(density.xs[peak] ?? Number.NaN),
    }),
  );
  const area = heights.reduce((sum, height, i) => sum + height * width(edges, i), 0);
  // Counts and a density are not of one kind.
  if (density.ys.length === heights.length && Math.abs(area - 1) < 0.25) {
    const apart =
      heights.reduce((sum, h, i) => sum + Math.abs(h - (density.ys[i] ?? 0)) * width(edges, i), 0) / 2;
    facts.push(fill(said.apart, { part: spoken(apart) }));
  }
  return facts;
}

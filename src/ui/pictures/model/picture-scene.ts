/**
 * A picture as data: a plane with two scales, marks on it that stay and marks that the clock moves, what they are
 * called, and what is to be said in words. Scenes are made by scenes/, painted by drawing/.
 */
import type { Text } from '../../../base/text.ts';
import type { Points } from './tensors.ts';

/** Colours by what they are for; the theme says which they are. */
export type Ink = 'ink' | 'soft' | 'line' | 'card' | 'accent' | 'bad' | 'plus' | 'minus' | `hue-${number}`;

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly log?: boolean;
  readonly name: string;
  /** Its ticks are whole numbers. */
  readonly whole?: boolean;
}

export interface Plane {
  readonly x: Scale;
  readonly y: Scale;
  /** A unit is as long along y as along x: the shorter range is widened, or the plane is made to fit. */
  readonly equal?: 'widen' | 'fit';
  /** No axes are drawn: the marks are all there is. */
  readonly bare?: boolean;
}

export type DotShape = 'circle' | 'square' | 'triangle' | 'diamond';

interface Painted {
  readonly ink: Ink;
  readonly alpha?: number;
}

/** In the units of the plane; widths and radii in pixels. What is not finite is left out, and breaks a line. */
export type Mark = Painted &
  (
    | (Points & {
        readonly kind: 'line';
        readonly width: number;
        readonly dash?: readonly number[];
        /** Up to this index, which may lie between two points. */
        readonly until?: number;
        /** From this index on. */
        readonly since?: number;
      })
    | (Points & {
        readonly kind: 'dots';
        readonly radius: number | Float64Array;
        readonly shape?: DotShape;
        readonly hollow?: boolean;
      })
    /** From the level 0 to each point. */
    | (Points & { readonly kind: 'stems'; readonly width: number })
    /** Filled down to the lower border. */
    | (Points & { readonly kind: 'area' })
    /** heights[i] over edges[i] … edges[i + 1], from `base` up, which is 0 when left out. */
    | {
        readonly kind: 'bars';
        readonly edges: Float64Array;
        readonly heights: Float64Array;
        readonly base?: number;
      }
    /** x₁, y₁, x₂, y₂ of each. */
    | { readonly kind: 'segments'; readonly ends: Float64Array; readonly width: number }
    /** The same as segments, with a head at the second end. */
    | { readonly kind: 'arrows'; readonly ends: Float64Array; readonly width: number }
    /** A level through the whole plane. */
    | {
        readonly kind: 'rule';
        readonly axis: 'x' | 'y';
        readonly at: number;
        readonly dash?: readonly number[];
      }
    /** What lies between two levels of x. */
    | { readonly kind: 'band'; readonly from: number; readonly to: number }
    /** Corners x, y of polygons, four each, the farthest first; `shades` 0 … 1 of each. */
    | { readonly kind: 'quads'; readonly corners: Float64Array; readonly shades: Float64Array }
    | Cells
    | {
        readonly kind: 'label';
        readonly x: number;
        readonly y: number;
        readonly text: string;
        readonly align: 'start' | 'center' | 'end';
        /** Pixels from the place, downwards. */
        readonly shift?: number;
      }
  );

/** A grid of equal cells, the first row on top or the first column at the left, over a part of the plane. */
export interface Cells {
  readonly kind: 'cells';
  readonly rows: number;
  readonly columns: number;
  /** Row-major; −1 … 1 in two colours, paler towards 0, where `signed`; else 0 … 1 in one. */
  readonly levels: Float64Array;
  readonly signed: boolean;
  readonly x: readonly [number, number];
  /** Of the upper border of the first row, and of the lower border of the last. */
  readonly y: readonly [number, number];
  /** What may be written into the cells, the longest first: the first is taken of which all have room. */
  readonly digits?: readonly (readonly string[])[];
}

export interface LegendEntry {
  readonly name: string;
  readonly ink: Ink;
  readonly shape?: DotShape;
  readonly dash?: readonly number[];
  readonly hollow?: boolean;
}

export interface PictureScene {
  readonly plane: Plane;
  readonly still: readonly Mark[];
  /** What else is there at a time, 0 … 1 from the first moment to the last. */
  moving?(time: number): readonly Mark[];
  /** How many moments the longest of its inputs has; 1: nothing moves along time. */
  readonly moments: number;
  readonly legend: readonly LegendEntry[];
  /** What is not drawn, and why. */
  readonly notes: readonly Text[];
  /** The picture in words: what its axes are, how far they reach, what is seen. */
  words(): readonly Text[];
}

/** Why there is nothing to see. */
export interface NoPicture {
  readonly missing: Text;
}

const dashes: readonly (readonly number[] | undefined)[] = [undefined, [7, 3], [2, 3], [8, 3, 2, 3]];
const shapes: readonly DotShape[] = ['circle', 'square', 'triangle', 'diamond'];

/** How the n-th series is told from the others: by its colour, and by its dashes or the shape of its dots too. */
export const styleOf = (series: number) => {
  const dash = dashes[series % dashes.length];
  return {
    ink: `hue-${series % 6}` as Ink,
    shape: shapes[series % shapes.length] as DotShape,
    ...(dash && { dash }),
  };
};

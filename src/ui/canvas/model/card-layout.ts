/**
 * The geometry of a node card: its size and where its ports lie, from what is known of it before
 * anything is drawn. React Flow is told the result, so that it need not measure.
 */
import type { Locale } from '../../../base/text.ts';
import type { Category, PortSpec } from '../../../catalogue/index.ts';
import type { CheckedNode, ShownType } from '../../../compiler/types.ts';
import { portHeight } from '../../ribbon/ribbon-threads.ts';
import type { Rect } from '../geometry/rect.ts';
import type { GlyphDrawing } from './node-look.ts';
import { portTitle } from './spoken.ts';

export interface PortPlace {
  readonly name: string;
  readonly spec: PortSpec;
  readonly type: ShownType | undefined;
  /** Of its middle, from the top of the card. */
  readonly y: number;
  readonly height: number;
}

export interface CardLayout {
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly PortPlace[];
  readonly outputs: readonly PortPlace[];
  /** Ports are named where a side has several that differ in meaning. */
  readonly namesInputs: boolean;
  readonly namesOutputs: boolean;
  /** How wide the names of outputs are, where they stand on the card; 0 where they do not. */
  readonly outputNames: number;
  /** Where the picture of a picture node stands: below its words, beside the names of its ports. */
  readonly picture?: Rect;
}

/** Every card has its first port at this height, so that a chain of cards in a row is one straight ribbon. */
const firstPort = 66;
const bodyTop = 48;
const bottom = 12;
/** Between two ports of a side, besides their own heights. */
const portGap = 14;
const nameHeight = 12;
/** Of a title's row: the glyph, the badge of a problem, and what is free around them. */
const besideTitle = 76;
/** Of a picture on a card. */
const pictureSize = { width: 304, height: 196 };
/** A number with four figures and a power of ten. */
const widestNumber = 90;

/** Good enough for system fonts: a CJK character is as wide as it is high, others a bit over half. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const c of text)
    width += (c.codePointAt(0) as number) > 0x2e80 ? 1 : /[ilI.,:;'|·()[\] ]/.test(c) ? 0.33 : 0.6;
  return width * size;
}

/** A letter's width as a part of its size. */
function boldWidth(letter: string): number {
  if (/[ilIjJ.,:;'|]/.test(letter)) return 0.38;
  if (/[frt()[\] –-]/.test(letter)) return 0.5;
  if (/[mwMW→×=\u2e80-\u{10ffff}]/u.test(letter)) return 1.02;
  return /\p{Lu}/u.test(letter) ? 0.8 : 0.7;
}

const boldWidths = new Map<string, number>();

/** The same of a title, which is bold: at least as wide as in any of the fonts that systems set it in. */
function titleWidth(title: string, size: number): number {
  let width = 0;
  for (const letter of title) {
    const known = boldWidths.get(letter) ?? boldWidth(letter);
    boldWidths.set(letter, known);
    width += known;
  }
  return width * size;
}

const titleSize = 13;
const portNameSize = 10.5;
const farTitleSize = 19;
const smallest = 12;

/** From afar a title may take several lines; its longest word decides how large it is. In canvas units. */
export function titleSizeFromAfar(title: string, width: number): number {
  const longest = Math.max(...title.split(/\s+|(?<=-)/).map((word) => titleWidth(word, 1)), 1);
  return clamp(Math.floor(width / longest), smallest, farTitleSize);
}

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

function stack(
  specs: readonly PortSpec[],
  types: Readonly<Record<string, ShownType>>,
  named: boolean,
): PortPlace[] {
  const places: PortPlace[] = [];
  let previous: PortPlace | undefined;
  for (const spec of specs) {
    const type = types[spec.name];
    const height = portHeight(type);
    const gap = portGap + (named ? nameHeight : 0);
    const y = previous
      ? previous.y + previous.height / 2 + gap + height / 2
      : Math.max(firstPort + (named ? 6 : 0), bodyTop + height / 2 + (named ? nameHeight : 4));
    previous = { name: spec.name, spec, type, y: Math.round(y), height };
    places.push(previous);
  }
  return places;
}

const shifted = (ports: readonly PortPlace[], by: number): PortPlace[] =>
  ports.map((port) => ({ ...port, y: Math.round(port.y + by) }));

const middle = (ports: readonly PortPlace[]): number =>
  ports.length === 0 ? firstPort : ((ports[0] as PortPlace).y + (ports.at(-1) as PortPlace).y) / 2;

/** The small picture of a tensor: how many cells, and how large. */
export interface PictureShape {
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
}

export function pictureShape(type: ShownType | undefined): PictureShape {
  const sizes = (type?.axes ?? []).map((axis) => axis.size ?? 1);
  const columns = sizes.at(-1) ?? 1;
  const rows = sizes.slice(0, -1).reduce((product, size) => product * size, 1);
  const [r, c] = [clamp(rows, 1, 5), clamp(columns, 1, 15)];
  return { rows: r, columns: c, cell: clamp(Math.floor(Math.min(40 / r, 112 / c)), 8, 13) };
}

export interface CardContent {
  readonly title: string;
  /** The line under the title; the type's own when left out. */
  readonly formula?: string;
  readonly category: Category | undefined;
  readonly drawing: GlyphDrawing;
  readonly checked: CheckedNode;
  /** More than 1: a badge beside the title says it. */
  readonly repeat?: number;
  /** More than 1: it stands at the end of the line under the title. */
  readonly ordinal?: number;
  readonly locale?: Locale;
}

export function layoutCard({
  title,
  category,
  drawing,
  checked,
  repeat = 1,
  ordinal = 1,
  formula = checked.summary,
  locale = 'en',
}: CardContent): CardLayout {
  const meets = category === 'contraction' || category === 'math';
  const namesInputs = checked.inputs.length > 1 && drawing !== 'contraction';
  const namesOutputs = checked.outputs.length > 1;
  let inputs = stack(checked.inputs, checked.inputTypes, namesInputs);
  let outputs = stack(checked.outputs, checked.outputTypes, namesOutputs);
  // A result stands between its operands.
  if (meets && inputs.length > 1) {
    if (drawing === 'contraction') inputs = inputs.map((port, i) => ({ ...port, y: port.y + 22 * i }));
    const wired = inputs.filter((port) => port.type);
    outputs = shifted(outputs, middle(wired.length > 1 ? wired : inputs) - middle(outputs));
  }

  const shown =
    checked.outputTypes[checked.outputs[0]?.name ?? ''] ?? checked.inputTypes[checked.inputs[0]?.name ?? ''];
  const picture = pictureShape(shown);
  const names = namesInputs
    ? Math.max(...checked.inputs.map((port) => textWidth(portTitle(port, locale), portNameSize))) + 18
    : 12;
  const place = drawing === 'picture' && { x: Math.round(names), y: bodyTop, ...pictureSize };
  const drawn = place
    ? place.y + place.height
    : drawing === 'values'
      ? bodyTop + 3 + picture.rows * picture.cell
      : firstPort + 14;
  const lowest = Math.max(drawn, ...[...inputs, ...outputs].map((port) => port.y + port.height / 2));

  const outputNames = namesOutputs
    ? Math.max(...checked.outputs.map((port) => textWidth(portTitle(port, locale), portNameSize)))
    : 0;

  const words = Math.max(
    titleWidth(title, titleSize) + besideTitle + (repeat > 1 ? 34 + textWidth(String(repeat), 12) : 0),
    textWidth(formula, 12.5) + 30 + (ordinal > 1 ? 8 + textWidth(`#${ordinal}`, 11) : 0),
  );
  const [first] = namesInputs ? checked.inputs : [];
  const name = first ? textWidth(portTitle(first, locale), portNameSize) + 8 : 0;
  const needed = {
    contraction: 176,
    values: picture.columns * picture.cell + 40,
    // The first port's name and the number stand side by side.
    scalar: name + widestNumber + 28,
    threads: 112,
    delta: 112,
    picture: 112,
  }[drawing];
  return {
    width: place ? place.x + place.width + 12 : Math.round(clamp(Math.max(words, needed), 112, 250)),
    height: Math.round(lowest + bottom),
    inputs,
    outputs,
    namesInputs,
    namesOutputs,
    outputNames,
    ...(place && { picture: place }),
  };
}

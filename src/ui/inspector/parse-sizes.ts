/** Sizes and other whole numbers as they are typed into a box. */
import { fill } from '../../base/text.ts';
import { parseSize } from '../../tensor/size-parser.ts';
import { inspector } from '../strings/inspector.ts';
import type { DraftReading } from './DraftInput.tsx';

export function parseWhole(text: string, least: number): DraftReading {
  const written = text.trim();
  if (written === '') return { problem: inspector.needed };
  if (!/^\d+$/.test(written)) return { problem: inspector.notWhole };
  const value = Number(written);
  if (!Number.isSafeInteger(value)) return { problem: inspector.notWhole };
  return value < least ? { problem: fill(inspector.tooSmall, { limit: least }) } : { value };
}

export const nudgeWhole = (value: unknown, by: number, least: number): number =>
  Math.max(least, (typeof value === 'number' ? value : least) + by);

/** A number, a symbol or an expression. */
export function parseWrittenSize(text: string): DraftReading {
  const written = text.trim();
  if (written === '') return { problem: inspector.needed };
  if (/^\d+$/.test(written)) return { value: Number(written) };
  if ('error' in parseSize(written)) return { problem: fill(inspector.badSize, { size: written }) };
  return { value: written };
}

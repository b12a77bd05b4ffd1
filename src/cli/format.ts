/** How the command line writes things: aligned for people, plain JSON for machines. */

import type { Diagnostic, Place } from '../base/diagnostic.ts';
import { portKey } from '../base/path.ts';
import { visible } from '../base/visible.ts';
import type { CommandResult } from './command.ts';

/** Rows of cells as aligned columns; numbers stand on the right. A cell is one line, whatever it holds. */
export function table(cells: readonly (readonly (string | number)[])[]): string {
  const rows = cells.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : visible(cell))));
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => String(row[c] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => {
          const width = widths[c] ?? 0;
          return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Four digits that matter: 0.01234, 1234, 1.234e+9. */
export function figure(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  if (Number.isInteger(x) && Math.abs(x) < 1e7) return String(x);
  const size = Math.abs(x);
  return size >= 1e-3 && size < 1e7 ? String(Number(x.toPrecision(5))) : x.toExponential(3);
}

/** `hidden.x, axis k` */
function placeText(place: Place): string {
  const port = place.node && place.port ? portKey(place.node, place.port) : place.node;
  const at = place.path && place.path.length > 0 ? place.path.join('.') : undefined;
  return [
    port,
    place.edge && `edge ${place.edge}`,
    place.axis && `axis ${place.axis}`,
    place.param && `parameter ${place.param}`,
    at && `at ${at}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const colours = { error: '\u001b[31m', warning: '\u001b[33m', info: '\u001b[36m' } as const;

/** One block for each: what, where, why, and what to do. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], coloured: boolean): string {
  return diagnostics
    .map((d) => {
      const severity = coloured ? `${colours[d.severity]}${d.severity}\u001b[0m` : d.severity;
      const place = placeText(d);
      const related = (d.related ?? []).map(placeText).filter((p) => p !== '' && p !== place);
      return [
        `${severity} ${d.code}${place ? `  ${visible(place)}` : ''}`,
        `  ${visible(d.message.en)}`,
        ...(related.length > 0 ? [`  with: ${visible(related.join(' · '))}`] : []),
        `  remedy: ${visible(d.remedy.en)}`,
        ...(d.fixes ?? []).map((fix) => `  fix: ${visible(fix.title.en)}`),
      ].join('\n');
    })
    .join('\n\n');
}

/** The texts of a diagnostic in English only; everything else as it is. */
const plain = (d: Diagnostic) => ({
  ...d,
  message: d.message.en,
  remedy: d.remedy.en,
  values: Object.fromEntries(
    Object.entries(d.values ?? {}).map(([key, x]) => [key, typeof x === 'object' ? x.en : x]),
  ),
  ...(d.fixes ? { fixes: d.fixes.map((fix) => ({ ...fix, title: fix.title.en })) } : {}),
});

/** A value of JSON in one line that a terminal can show: what it would hide or obey stands as escapes of JSON. */
export const jsonLine = (value: unknown): string => visible(JSON.stringify(value, writtenNumber));

/** JSON has no word for these numbers: they are the strings "NaN", "Infinity" and "-Infinity". */
const writtenNumber = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

export const toJson = (result: CommandResult): string =>
  jsonLine({ ok: result.ok, ...result.json, diagnostics: result.diagnostics.map(plain) });

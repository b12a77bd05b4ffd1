/** How large figures are written: 1.2e6 operations, 3.4 KiB. */

/** Three digits, with the powers of ten that everyone reads. */
export function operations(count: number): string {
  if (!Number.isFinite(count)) return '> 10³⁰⁸';
  if (count < 1e4) return String(Math.round(count));
  const power = Math.floor(Math.log10(count));
  const digits = [...String(power)].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]).join('');
  return `${(count / 10 ** power).toFixed(2)} × 10${digits}`;
}

export function bytes(count: number): string {
  if (!Number.isFinite(count)) return '> 10³⁰⁸ B';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(count) / 10));
  return `${Number((count / 1024 ** power).toPrecision(3))} ${units[power]}`;
}

/** How many times: 1.02, 3.1, 47. */
export const factor = (times: number): string =>
  times < 1.095 ? times.toFixed(2) : times < 9.95 ? times.toFixed(1) : String(Math.round(times));

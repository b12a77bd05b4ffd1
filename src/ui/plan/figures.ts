/** How large figures are written; bytes: see base/bytes.ts. */

/** Three digits, with the powers of ten that everyone reads. */
export function operations(count: number): string {
  if (!Number.isFinite(count)) return '> 10³⁰⁸';
  if (count < 1e4) return String(Math.round(count));
  const power = Math.floor(Math.log10(count));
  const digits = [...String(power)].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]).join('');
  return `${(count / 10 ** power).toFixed(2)} × 10${digits}`;
}

/** How many times: 1.02, 3.1, 47. */
export const factor = (times: number): string =>
  times < 1.095 ? times.toFixed(2) : times < 9.95 ? times.toFixed(1) : String(Math.round(times));

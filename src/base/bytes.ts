/** Bytes as people read them. */

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** In the unit that suits them, to one decimal: `976.6 KiB`, `12 B`; beyond a double's range `> 10³⁰⁸ B`. */
export function byteText(bytes: number): string {
  if (bytes === Number.POSITIVE_INFINITY) return '> 10³⁰⁸ B';
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

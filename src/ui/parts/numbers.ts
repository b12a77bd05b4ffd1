/** Numbers as people read them at a glance: four figures, a real minus sign, powers of ten where needed. */
export function formatNumber(x: number, figures = 4): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  const size = Math.abs(x);
  const text =
    size !== 0 && (size >= 1e6 || size < 1e-4)
      ? x
          .toExponential(figures - 1)
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e')
      : String(Number(x.toPrecision(figures)));
  return text.replaceAll('-', '−');
}

/** 12 345 678, with thin spaces. */
export const formatCount = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u2009');

/** 12 s, 1:05, 2:03:04. */
export function formatDuration(seconds: number): string {
  const two = (n: number) => String(Math.floor(n) % 60).padStart(2, '0');
  const [whole, minutes] = [Math.ceil(seconds), Math.ceil(seconds) / 60];
  if (whole < 60) return `${whole} s`;
  if (minutes < 60) return `${Math.floor(minutes)}:${two(whole)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes)}:${two(whole)}`;
}

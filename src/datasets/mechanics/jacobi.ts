/**
 * Jacobi's elliptic functions of real argument by the arithmetic-geometric mean: Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 16.4.
 */
export interface Jacobi {
  readonly sn: number;
  readonly cn: number;
  readonly dn: number;
}

/** sn, cn and dn of u for the parameter m = k², 0 ≤ m < 1. */
export function jacobi(u: number, m: number): Jacobi {
  const means: number[] = [1];
  const differences: number[] = [Math.sqrt(m)];
  let b = Math.sqrt(1 - m);
  let a = 1;
  // Each turn squares the difference: seven are enough for every m below 1 − 1e-16.
  while (Math.abs(differences.at(-1) as number) > 1e-17 && means.length < 12) {
    differences.push((a - b) / 2);
    [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
    means.push(a);
  }
  let phi = 2 ** (means.length - 1) * a * u;
  for (let n = means.length - 1; n > 0; n--) {
    const ratio = (differences[n] as number) / (means[n] as number);
    phi = (phi + Math.asin(Math.max(-1, Math.min(1, ratio * Math.sin(phi))))) / 2;
  }
  const sn = Math.sin(phi);
  // dn > 0 for m < 1; 16.4.4, cos φ₀ / cos(φ₁ − φ₀), would be 0 / 0 where cn is 0.
  return { sn, cn: Math.cos(phi), dn: Math.sqrt(1 - m * sn * sn) };
}

/** One equation for one unknown size, solved where exactly one whole positive number, or one expression, will do. */
import { asNumber, atomsOf, divideExactly, multiply, negate, type Size, subtract } from './size.ts';

/**
 * Solves difference = 0 for one unknown: its size where it stands once, alone, in one term; 'none'
 * where no whole positive number will do; undefined where more must be known first.
 */
export function solve(difference: Size, id: string): Size | 'none' | undefined {
  const isIt = (a: { kind: string; id?: string }) => a.kind === 'unknown' && a.id === id;
  const holding = difference.terms.filter((t) => atomsOf({ terms: [t] }).some(isIt));
  const [term] = holding;
  if (term === undefined || holding.length !== 1) return undefined;
  const at = term.atoms.findIndex(isIt);
  if (at < 0 || term.atoms.filter(isIt).length !== 1) return undefined;
  const factor = { terms: [{ coefficient: term.coefficient, atoms: term.atoms.filter((_, i) => i !== at) }] };
  if (atomsOf(factor).some(isIt)) return undefined;
  const rest = negate(
    subtract(difference, multiply(factor, { terms: [{ coefficient: 1, atoms: [term.atoms[at] as never] }] })),
  );
  if (atomsOf(rest).some(isIt)) return undefined;
  const quotient = divideExactly(rest, factor);
  if (quotient !== undefined) {
    const n = asNumber(quotient);
    return n !== undefined && n < 1 ? 'none' : quotient;
  }
  return asNumber(factor) !== undefined && asNumber(rest) !== undefined ? 'none' : undefined;
}

/** Whether a change cures: what it was made for is gone, and nothing new is wrong. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import type { Checked } from '../types.ts';

/** A diagnostic by what it says and where; its words may change with the sizes around it. */
const identity = ({ code, node, port, axis, param }: Diagnostic): string =>
  [code, node, port, axis, param].join('\u0000');

function counts(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const d of diagnostics) found.set(identity(d), (found.get(identity(d)) ?? 0) + 1);
  return found;
}

/** `opens`: inputs that the change leaves without a wire; that they now lack one is no surprise. */
export function cures(
  before: Checked,
  after: Checked,
  diagnostic: Diagnostic,
  opens: readonly PortRef[] = [],
): boolean {
  const [was, is] = [counts(before.diagnostics), counts(after.diagnostics)];
  const itself = identity(diagnostic);
  if ((is.get(itself) ?? 0) >= (was.get(itself) ?? 0)) return false;
  const grave = (d: Diagnostic) => d.severity === 'error' || diagnostic.severity !== 'error';
  return after.diagnostics.every((d) => {
    const known = (is.get(identity(d)) ?? 0) <= (was.get(identity(d)) ?? 0);
    const open = d.code === 'missing-input' && opens.some((p) => p.node === d.node && p.port === d.port);
    return known || open || !grave(d);
  });
}

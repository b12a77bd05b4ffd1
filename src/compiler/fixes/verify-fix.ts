/** Whether a change resolves a diagnostic: the diagnostic is gone, and there is no new one. */
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

export type FixVerdict =
  | 'resolves'
  /** It resolves; the new diagnostics could not be found before, because what is gone hid them. */
  | 'uncovers'
  | 'fails';

/** `opens`: inputs that the change leaves without a wire; that they now lack one is no surprise. */
export function judge(
  before: Checked,
  after: Checked,
  diagnostic: Diagnostic,
  opens: readonly PortRef[] = [],
): FixVerdict {
  const [was, is] = [counts(before.diagnostics), counts(after.diagnostics)];
  const itself = identity(diagnostic);
  if ((is.get(itself) ?? 0) >= (was.get(itself) ?? 0)) return 'fails';
  const fresh = after.diagnostics.filter((d) => {
    const known = (is.get(identity(d)) ?? 0) <= (was.get(identity(d)) ?? 0);
    const open = d.code === 'missing-input' && opens.some((p) => p.node === d.node && p.port === d.port);
    const grave = d.severity === 'error' || diagnostic.severity !== 'error';
    return !known && !open && grave;
  });
  if (fresh.length === 0) return 'resolves';
  return fresh.every((d) => stoodBehind(d, before, after, diagnostic)) ? 'uncovers' : 'fails';
}

/**
 * Whether a diagnostic was there before and could not be found: the types of its node's inputs were not all known,
 * or it is the faulty node itself, whose check stopped at the diagnostic that is gone.
 */
function stoodBehind(
  { code, node }: Diagnostic,
  before: Checked,
  after: Checked,
  diagnostic: Diagnostic,
): boolean {
  const [then, now] = [before.nodes[node ?? ''], after.nodes[node ?? '']];
  if (!then || !now) return false;
  if (node === diagnostic.node)
    return code !== diagnostic.code && isEmpty(then.outputTypes) && !isEmpty(now.outputTypes);
  const types = Object.values(then.inputTypes);
  const isBlind = types.length < Object.keys(now.inputTypes).length;
  return isBlind || types.some(({ axes }) => axes.some(({ size }) => size === undefined));
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;

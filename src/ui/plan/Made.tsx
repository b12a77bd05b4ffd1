/** Stepping through a contraction path: a heat map of what a pair makes, its first index down, the others across. */
import { useEffect, useMemo, useState } from 'react';
import type { SsaPath } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import { MatrixHeat } from '../parts/Heat.tsx';
import { useSession } from '../session/hooks.ts';
import type { DrawnNetwork } from './drawn-network.ts';
import { words } from './plan-strings.ts';
import { useOperands } from './use-operands.ts';

export function Made({ drawn, path, at }: { drawn: DrawnNetwork; path: SsaPath; at: number }) {
  const t = useT();
  const { client } = useSession();
  const operands = useOperands(drawn);
  const { network, indices } = drawn;
  const [made, setMade] = useState<readonly { labels: readonly number[]; data: readonly number[] }[]>();
  useEffect(() => {
    let live = true;
    setMade(undefined);
    if (operands) {
      void client.contract({ network, path, operands }).then((values) => live && setMade(values));
    }
    return () => {
      live = false;
    };
  }, [client, operands, network, path]);
  const value = made?.[at];
  const rows = useMemo(() => {
    if (!value) return [];
    const columns = value.data.length / (network.sizes[value.labels[0] ?? -1] ?? 1);
    const count = Math.round(value.data.length / columns);
    return Array.from({ length: count }, (_, i) => value.data.slice(i * columns, (i + 1) * columns));
  }, [value, network]);
  if (!operands) return <p className="soft plan-made">{t(words.noNumbers)}</p>;
  if (!value) return null;
  return (
    <figure className="plan-made">
      <MatrixHeat rows={rows} label={t(words.makes, { step: String(at + 1) })} />
      <figcaption className="math">{value.labels.map((l) => indices[l]).join(' ') || '1'}</figcaption>
    </figure>
  );
}

/** A limit on the memory of intermediates: what is sliced for it, and what that costs. */
import { useDeferredValue, useState } from 'react';
import { byteText } from '../../base/bytes.ts';
import type { PathResult } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import type { DrawnNetwork } from './drawn-network.ts';
import { bytesPerElement } from './Paths.tsx';
import { words } from './plan-strings.ts';
import { useFoundPath } from './use-paths.ts';

interface MemoryProps {
  readonly drawn: DrawnNetwork;
  /** The best path without a limit. */
  readonly free: PathResult;
}

/** The slider moves in halvings of the memory, this many. */
const halvings = 16;

export function Memory({ drawn, free }: MemoryProps) {
  const t = useT();
  const [less, setLess] = useState(0);
  const deferred = useDeferredValue(less);
  const most = Math.max(1, free.peakElements);
  const steps = Math.max(1, Math.min(halvings, Math.ceil(Math.log2(most))));
  const limit = most / 2 ** Math.min(less, steps);
  const shown = less === 0 ? t(words.noLimit) : `≤ ${byteText(limit * bytesPerElement)}`;
  return (
    <div className="plan-memory">
      <label>
        {t(words.memory)}
        <span className="plan-limit">{shown}</span>
        <input
          type="range"
          min={0}
          max={steps}
          step={0.5}
          value={steps - less}
          aria-valuetext={shown}
          onChange={(event) => setLess(steps - Number(event.target.value))}
        />
      </label>
      {less > 0 && <Sliced drawn={drawn} free={free} maxPeak={most / 2 ** Math.min(deferred, steps)} />}
    </div>
  );
}

function Sliced({ drawn, free, maxPeak }: MemoryProps & { readonly maxPeak: number }) {
  const t = useT();
  const found = useFoundPath(drawn.network, maxPeak);
  if (!found) return <p className="soft">{t(words.searching)}</p>;
  const { result } = found;
  const indices = result.sliced.map((label) => drawn.indices[label]).join(' ');
  const facts = [
    result.slices > 1 ? t(words.slices, { slices: String(result.slices), indices }) : t(words.unsliced),
    t(words.livePeak, { bytes: byteText(result.peakElements * bytesPerElement) }),
    t(words.overhead, { factor: (result.flops / Math.max(1, free.flops)).toPrecision(3) }),
  ];
  return (
    <>
      <p className="plan-sliced">{facts.join(' · ')}</p>
      {result.peakElements > maxPeak && <p className="plan-warn">{t(words.tooTight)}</p>}
    </>
  );
}

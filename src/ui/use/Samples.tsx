/** Samples of a model: what follows from draws of its priors, for a seed. */
import { useState } from 'react';
import { useT } from '../locale.ts';
import { usageWords as words } from '../strings/use-words.ts';
import type { Predicted } from '../worker/worker-client.ts';
import { FeaturesOfRow } from './Features.tsx';
import { rowOf } from './judge.ts';
import { useSamples } from './use-samples.ts';
import { MOST_SEED, WholeNumber } from './WholeNumber.tsx';

const COUNT = 24;
const MOST = 200;

export function Samples() {
  const t = useT();
  const [count, setCount] = useState(COUNT);
  const [seed, setSeed] = useState(1);
  const drawn = useSamples(count, seed);
  return (
    <div className="use-write">
      <div className="use-form">
        <p className="soft">{t(words.sampleHint)}</p>
        <WholeNumber label={t(words.countOfSamples)} least={1} most={MOST} value={count} onValue={setCount} />
        <WholeNumber label={t(words.seed)} least={0} most={MOST_SEED} value={seed} onValue={setSeed} />
        <button type="button" className="button small" onClick={() => setSeed((seed + 1) % (MOST_SEED + 1))}>
          {t(words.drawOthers)}
        </button>
      </div>
      {drawn === undefined || drawn === 'refused' ? (
        <p className="dock-empty">{t(drawn ? words.cannotCompute : words.waiting)}</p>
      ) : (
        <div>
          {Object.entries(drawn).map(([key, value]) => (
            <Rows key={key} value={value} />
          ))}
        </div>
      )}
    </div>
  );
}

function Rows({ value: { shape, data } }: { readonly value: Predicted[string] }) {
  const t = useT();
  const [rows = 0, ...sizes] = shape;
  const axes = sizes.map((size, d) => ({ name: String(d + 1), size }));
  const numbers = Float32Array.from(data);
  const width = numbers.length / Math.max(1, rows);
  return (
    <ul className="use-samples" aria-label={t(words.samples)}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sample is known by its place.
        <li key={row}>
          <FeaturesOfRow axes={axes} numbers={rowOf(numbers, row, width)} />
        </li>
      ))}
    </ul>
  );
}

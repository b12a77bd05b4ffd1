/** What the model says of features that somebody gives it. */
import { useEffect, useMemo, useState } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { latest } from '../parts/latest.ts';
import { useSession } from '../session/hooks.ts';
import { elementsIn } from './feature-view.ts';
import { probabilities, rowOf } from './judge.ts';

interface Asked {
  readonly held: JudgedRows;
  /** Any number of rows of the one column there is. */
  readonly features: Float32Array;
}

/** Probabilities of the classes, row by row; undefined until they are known. */
export function usePrediction(
  held: JudgedRows,
  features: Float32Array | undefined,
): readonly (readonly number[])[] | undefined {
  const { client, editor } = useSession();
  const [said, setSaid] = useState<readonly (readonly number[])[]>();
  const ask = useMemo(
    () =>
      latest(async ({ held: { features: columns, port, classes }, features: data }: Asked) => {
        const [column] = columns;
        if (!column) return;
        const count = data.length / elementsIn(column.axes);
        const shape = [count, ...column.axes.map(({ size }) => size)];
        const { document } = editor.getState();
        const values = await client.predict(document, { [column.key]: { shape, data } }, [port]);
        const scores = values && Object.values(values)[0];
        if (!scores) return;
        const numbers = Float32Array.from(scores.data);
        setSaid(Array.from({ length: count }, (_, i) => probabilities(rowOf(numbers, i, classes))));
      }),
    [client, editor],
  );
  useEffect(() => {
    if (features) ask({ held, features });
  }, [ask, held, features]);
  return said;
}

/** The networks of the program, the most expensive first: where they come from, who decided their path, what it gains. */

import { byteText } from '../../base/bytes.ts';
import { useLocale, useT } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import type { DrawnNetwork, ShownNetwork } from './drawn-network.ts';
import { factor, operations } from './figures.ts';
import { namesOf, titlesOf } from './network-names.ts';
import { bytesPerElement } from './Paths.tsx';
import { words } from './plan-strings.ts';
import { useHighlight } from './use-highlight.ts';

interface NetworksProps {
  readonly networks: readonly ShownNetwork[];
  readonly onChosen: (id: string) => void;
}

const deciders = {
  node: words.own,
  chosen: words.own,
  found: words.byFound,
  search: words.bySearch,
} as const;

export function Networks({ networks, onChosen }: NetworksProps) {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const light = useHighlight();
  const drawn = networks.filter((n): n is DrawnNetwork => 'compiled' in n && n.compiled !== undefined);
  if (drawn.length === 0) return null;
  const titles = titlesOf(drawn, document, locale);
  return (
    <table className="plan-table plan-networks" aria-label={t(words.networks)}>
      <thead>
        <tr>
          <th scope="col">{t(words.network)}</th>
          <th scope="col">{t(words.path)}</th>
          <th scope="col">{t(words.tensors)}</th>
          <th scope="col">{t(words.operations)}</th>
          <th scope="col">{t(words.peak)}</th>
        </tr>
      </thead>
      <tbody>
        {drawn.map((network, k) => {
          const { by, count, result, first } = network.compiled as NonNullable<DrawnNetwork['compiled']>;
          const tensors = namesOf(network, document, locale).join(', ');
          const touched = [...network.nodes, ...network.operands.flatMap(({ node }) => node ?? [])];
          return (
            <tr key={network.id} {...light(touched)}>
              <th scope="row">
                <button type="button" className="plan-source" onClick={() => onChosen(network.id)}>
                  {titles[k]}
                </button>
              </th>
              <td className="plan-decider">
                {t(deciders[by])}
                {by === 'found' && first.flops > result.flops && (
                  <span className="plan-gain">
                    {' '}
                    {t(words.gainShort, { gain: factor(first.flops / result.flops) })}
                  </span>
                )}
              </td>
              <td className="plan-text" title={tensors}>
                {network.operands.length}: {tensors}
              </td>
              <td>
                {count > 1
                  ? t(words.times, { count, flops: operations(result.flops) })
                  : operations(result.flops)}
              </td>
              <td>{byteText(result.peakElements * bytesPerElement)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

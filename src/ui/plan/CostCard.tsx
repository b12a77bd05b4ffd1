/** What the graph takes, in all and node by node: learned numbers, operations, memory, receptive fields. */
import { byteText } from '../../base/bytes.ts';
import { nodeAt } from '../../document/levels.ts';
import type { GraphCosts } from '../../worker/protocol.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { formatCount } from '../parts/numbers.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { costWords as words } from './cost-words.ts';
import { operations } from './figures.ts';
import { useHighlight } from './use-highlight.ts';

export function CostCard({ costs }: { readonly costs: GraphCosts }) {
  const t = useT();
  const { parameters, weightBytes, inference, training } = costs;
  const totals = [
    {
      title: words.parameters,
      figure: formatCount(parameters),
      note: t(words.weights, { bytes: byteText(weightBytes) }),
    },
    {
      title: words.inference,
      figure: t(words.operations, { count: operations(inference.operations) }),
      note: byteText(inference.bytes),
    },
    ...(training
      ? [
          {
            title: words.training,
            figure: t(words.operations, { count: operations(training.operations) }),
            note: byteText(training.bytes),
          },
        ]
      : []),
  ];
  return (
    <section className="plan-program" aria-label={t(words.costs)}>
      <dl className="cost-totals">
        {totals.map(({ title, figure, note }) => (
          <div key={title.en}>
            <dt>{t(title)}</dt>
            <dd>{figure}</dd>
            <dd className="soft">{note}</dd>
          </div>
        ))}
      </dl>
      <ByNode {...costs} />
    </section>
  );
}

function ByNode({ nodes, inference }: GraphCosts) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const light = useHighlight();
  const hasFields = nodes.some(({ field }) => field);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <table className="plan-table cost-table" aria-label={t(words.byNode)}>
      <thead>
        <tr>
          <th scope="col">{t(words.node)}</th>
          <th scope="col">{t(words.parameters)}</th>
          <th scope="col">{t(words.forward)}</th>
          <th scope="col">{t(words.share)}</th>
          <th scope="col">{t(words.makes)}</th>
          {hasFields && (
            <th scope="col" title={t(words.fieldHint)}>
              {t(words.field)}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ node, parameters: own, operations: count, bytes, field }) => {
          const share = inference.operations > 0 ? count / inference.operations : 0;
          return (
            <tr key={node} {...light([node])}>
              <th scope="row">
                <button
                  type="button"
                  className="plan-source"
                  disabled={!nodeAt(document, node)}
                  onClick={() => reveal(session, { nodes: [node] })}
                >
                  {nodeTitle(document, node, locale)}
                </button>
              </th>
              <td>{own > 0 ? formatCount(own) : '–'}</td>
              <td>{operations(count)}</td>
              <td>
                <span className="plan-bar">
                  <span style={{ width: `${100 * share}%` }} />
                </span>
                {percent.format(share)}
              </td>
              <td>{byteText(bytes)}</td>
              {hasFields && <td>{field?.join(' × ') ?? ''}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

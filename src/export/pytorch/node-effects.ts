/** What nodes do beside giving values: optimizers, metrics, checks. */
import type { TorchContext } from '../../catalogue/torch.ts';
import { marksOf } from '../../document/marks.ts';
import type { ClassState } from './class-state.ts';
import type { WrittenNode } from './node-lengths.ts';
import { quoted } from './python.ts';
import { trainedAbove } from './trained-above.ts';

export function effectsOf({
  writer,
  entity,
  node,
  scope,
  inputs,
}: WrittenNode): Pick<TorchContext<unknown>, 'optimizer' | 'metric' | 'check'> {
  const label = writer.labelOf(node.id);
  return {
    optimizer(make, { closure = false, settings = {}, clip = () => [], groupOf, average } = {}) {
      scope.chunk.isKept = true;
      scope.chunk.isTrained = true;
      const { found, isAll } = trainedAbove(
        writer,
        [entity.reads.get('loss')].flatMap((key) => key ?? []),
      );
      writer.effects.optimizers.push({
        node: node.id,
        name: label,
        make,
        loss: resultOf(writer, 'loss', inputs.loss ?? '', node.id),
        settings: Object.entries({ lr: 'rate', ...settings }).flatMap(([key, port]) => {
          const code = inputs[port];
          return code === undefined ? [] : [{ key, result: settingOf(writer, port, code) }];
        }),
        parameters: isAll ? undefined : found.map((attribute) => attribute.parameters('model')),
        closure,
        clip,
        average,
        grouped: () => (groupOf ? groupsIn(writer, groupOf) : []),
      });
    },
    metric(name, code) {
      scope.chunk.isKept = true;
      scope.chunk.isTrained = true;
      if (!scope.parent) resultOf(writer, name, code, node.id);
    },
    check({ value, theory, residual, tolerance }) {
      scope.chunk.isKept = true;
      const told = { value, ...(theory !== undefined && { theory }), residual, tolerance };
      const code = `{${Object.entries(told)
        .map(([name, code]) => `${quoted(name)}: ${code}`)
        .join(', ')}}`;
      writer.effects.checks.push({ name: label, code });
    },
  };
}

/** Parameters that have settings of their own. What is joined from several states goes by the tags of all. */
function groupsIn(
  { tensors, structure: { analysis } }: ClassState,
  groupOf: (tags: readonly string[]) => Readonly<Record<string, number>> | undefined,
): (readonly [string, Readonly<Record<string, number>>])[] {
  return tensors.flatMap(({ name, node, of }) => {
    const type = analysis.node(node)?.definition.type ?? '';
    const settings = groupOf([...marksOf(analysis.document, node).tags, ...of, type]);
    return settings ? [[name, settings] as const] : [];
  });
}

/** The key under which the model gives a value: one that it has already, or a new one. */
function resultOf({ effects: { metrics } }: ClassState, name: string, code: string, path: string): string {
  const same = metrics.find((metric) => metric.code === code && !metric.isRate);
  if (same) return same.name;
  const key = metrics.some((metric) => metric.name === name) ? `${name}:${path}` : name;
  metrics.push({ name: key, code });
  return key;
}

/** The key of a number that the optimizer takes anew in each step, such as its rate. */
function settingOf({ effects: { metrics } }: ClassState, base: string, code: string): string {
  const own = metrics.filter(({ isRate }) => isRate);
  const same = own.find((metric) => metric.code === code);
  if (same) return same.name;
  let name = base;
  for (let n = 2; metrics.some((metric) => metric.name === name); n++) name = `${base}${n}`;
  metrics.push({ name, code, isRate: true });
  return name;
}

/** Which parameters of a class a value depends on, by ways through which gradients pass. */
import type { ClassState } from './class-state.ts';
import type { Entity } from './class-structure.ts';

/** Something of a class that learns: a parameter, or a module with all of its parameters. */
interface Learning {
  readonly entity: Entity;
  /** As elements of a Python list; `self` or `model` goes before. */
  parameters(of: string): string;
}

export function trainedAbove(
  writer: ClassState,
  keys: readonly string[],
): { readonly found: readonly Learning[]; readonly isAll: boolean } {
  const reached = new Set<Entity>();
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const maker = writer.makers.get(key);
    if (!maker || reached.has(maker)) continue;
    reached.add(maker);
    const stopped = detachedPorts(writer, maker);
    for (const [port, from] of maker.reads) if (!stopped.includes(port)) open.push(from);
  }
  const learning = writer.level.entities.flatMap((entity) => {
    const parameters = parametersOf(writer, entity);
    return parameters ? [{ entity, parameters }] : [];
  });
  const found = learning.filter(({ entity }) => reached.has(entity));
  return { found, isAll: found.length === learning.length };
}

export function detachedPorts({ structure: { analysis } }: ClassState, { node }: Entity): readonly string[] {
  const { detached = [] } = node?.definition ?? {};
  return typeof detached === 'function'
    ? detached(analysis.inferred(node?.id ?? '')?.inputs ?? {})
    : detached;
}

function parametersOf(writer: ClassState, entity: Entity): Learning['parameters'] | undefined {
  if (entity.use) {
    if (!writer.learns(entity)) return undefined;
    const attribute = writer.child(entity)?.attribute;
    return (of) => `*${of}.${attribute}.parameters()`;
  }
  if (!writer.learns(entity)) return undefined;
  const made = [...writer.made].filter(([key]) => key.startsWith(`${entity.path}.`));
  const modules = made.filter(([key]) => key.startsWith(`${entity.path}.module `));
  const own = made.filter(
    ([key, attribute]) =>
      key.startsWith(`${entity.path}.state `) &&
      writer.init.some((line) => line.startsWith(`self.${attribute} = nn.Parameter`)),
  );
  return (of) =>
    [
      ...modules.map(([, attribute]) => `*${of}.${attribute}.parameters()`),
      ...own.map(([, attribute]) => `${of}.${attribute}`),
    ].join(', ');
}

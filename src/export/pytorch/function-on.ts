/** What is wired to one port as a Python function of what is wired to others: defined where the node stands. */
import type { ClassState } from './class-state.ts';
import type { Entity } from './class-structure.ts';
import { indented } from './python.ts';
import type { PythonScope } from './python-scope.ts';
import { withGrad } from './python-types.ts';

export function functionOn(
  writer: ClassState,
  entity: Entity,
  scope: PythonScope,
  { of, by }: { readonly of: string; readonly by: readonly string[] },
): string {
  const value = entity.reads.get(of);
  if (value === undefined) return 'None';
  const variables = [...new Set(by.flatMap((port) => entity.reads.get(port) ?? []))];
  const between = entitiesBetween(writer, value, variables);
  const { scope: inner, args } = scope.within(
    variables,
    [...between].flatMap(({ gives }) => gives),
  );
  const called = (writer.valueNames.get(value) ?? 'value').replace(/^self\./, '');
  const name = scope.own(variables.length === 0 ? `compute_${called}` : `${called}_of_${args.join('_')}`);
  for (const [i, key] of variables.entries())
    if (writer.types.isVariable(key))
      inner.lines.push(`${args[i]} = ${writer.parts.helper(withGrad)}(${args[i]})`);
  for (const one of between) writer.emit(one, inner);
  inner.lines.push(`return ${inner.read(value)}`);
  scope.lines.push(`def ${name}(${args.join(', ')}):`, ...indented(inner.lines));
  return name;
}

/** What is computed on the ways from the variables to the value, in order; without variables, from what is trained. */
function entitiesBetween(writer: ClassState, value: string, variables: readonly string[]): Set<Entity> {
  const depends = new Map<Entity, boolean>();
  const isMoved = (key: string): boolean => {
    if (variables.includes(key)) return true;
    const maker = writer.makers.get(key);
    return maker !== undefined && moves(maker);
  };
  const moves = (entity: Entity): boolean => {
    let known = depends.get(entity);
    if (known === undefined) {
      depends.set(entity, false);
      known = (variables.length === 0 && writer.learns(entity)) || [...entity.reads.values()].some(isMoved);
      depends.set(entity, known);
    }
    return known;
  };
  const above = new Set<Entity>();
  const visit = (key: string): void => {
    const maker = writer.makers.get(key);
    if (variables.includes(key) || !maker || above.has(maker) || !moves(maker)) return;
    above.add(maker);
    for (const from of maker.reads.values()) visit(from);
  };
  visit(value);
  return new Set(writer.level.entities.filter((entity) => above.has(entity)));
}

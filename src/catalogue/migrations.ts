/**
 * Parameters of a node type change with the type. A migration goes by the names of parameters and not by a
 * version number: a document carries no versions of types that a tool could forget to write, nodes can be
 * pasted from documents of any age, and migrating twice changes nothing. It follows that the name of a
 * parameter is never used again for something else: what a parameter means changes with its name.
 */
import type { Json } from '../base/edit.ts';

type Params = Readonly<Record<string, Json>>;

export interface ParamsMigration {
  /** Parameters that the type once had and has no more; it applies where one of them is present. */
  readonly replaces: readonly string[];
  /**
   * What stands in their place. It is given those that are present, which nobody has checked: what cannot be
   * understood is handed on under the new name, where reading the parameters tells of it.
   */
  by(old: Params): Params;
  /** The type that the node is from now on, where it is another: told from the same. */
  becomes?(old: Params): string | undefined;
}

interface Typed<P extends Params> {
  readonly type: string;
  readonly params: P;
}

/**
 * A node of a type that has these migrations, as it is written now: see migrateParams. Its type becomes another at most
 * once.
 */
export function migrateNode<P extends Params>(
  migrations: readonly ParamsMigration[],
  { type, params }: Typed<P>,
): Typed<P> {
  const others = migrations.flatMap(({ replaces, becomes }) => {
    const old = Object.entries(params).filter(([key]) => replaces.includes(key));
    return (old.length > 0 && becomes?.(Object.fromEntries(old))) || [];
  });
  return { type: others[0] ?? type, params: migrateParams(migrations, params) };
}

/**
 * The parameters as the type has them now: the same object where nothing was to be done. Migrations apply in
 * the order of their listing, which is that of their making. A parameter that is there already stays as it is.
 */
export function migrateParams<P extends Params>(migrations: readonly ParamsMigration[], params: P): P {
  let current: Params = params;
  for (const { replaces, by } of migrations) {
    const isOld = (key: string) => replaces.includes(key);
    const old = Object.entries(current).filter(([key]) => isOld(key));
    if (old.length === 0) continue;
    const kept = Object.entries(current).filter(([key]) => !isOld(key));
    current = { ...by(Object.fromEntries(old)), ...Object.fromEntries(kept) };
  }
  return current as P;
}

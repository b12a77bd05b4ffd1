/**
 * Brings a document of an older version to the present one. A change of the format is a migration
 * here, a new VERSION in document.ts, and a fixture that is kept for ever; the three go together.
 */

import type { Outcome } from '../src/base/diagnostic.ts';
import { type Diagnostic, diagnose } from '../src/base/diagnostic.ts';
import { text } from '../src/base/text.ts';
import { VERSION } from './document.ts';
import { recordsById } from './migrations/0-to-1.ts';
import { drawnBlocks } from './migrations/1-to-2.ts';
import { writtenDefaults } from './migrations/2-to-3.ts';
import type { Migration } from './migrations/migration.ts';

/** Oldest first; each begins where the one before it ends. */
export const migrations: readonly Migration[] = [recordsById, drawnBlocks, writtenDefaults];

export interface Migrated {
  readonly json: unknown;
  /** Names of the migrations that were applied, in order. */
  readonly applied: readonly string[];
}

/** The document in the present version's shape, not yet validated against it. */
export function migrate(json: unknown): Outcome<Migrated> {
  const version = versionOf(json);
  if (typeof version !== 'number') return { diagnostics: [version] };
  const applied: string[] = [];
  let current = json;
  for (const migration of migrations.filter(({ from }) => from >= version)) {
    const { value, diagnostics } = migration.up(current);
    if (value === undefined) return { diagnostics };
    current = value;
    applied.push(migration.name);
  }
  return { value: { json: current, applied }, diagnostics: [] };
}

/** The version that a document claims, from the oldest known to the present one. */
function versionOf(json: unknown): number | Diagnostic {
  const shape = (at: string | ReturnType<typeof text>, en: string, zh: string) =>
    diagnose('document-shape', { path: typeof at === 'string' ? [at] : [] }, { at, detail: text(en, zh) });

  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return shape(text('The document', '文档'), 'a graph is a JSON object', '图应当是一个 JSON 对象');
  }
  const { format, version } = json as { format?: unknown; version?: unknown };
  if (format !== 'tensorloom') return shape('format', '"tensorloom" is expected', '应为 "tensorloom"');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return shape('version', 'a whole number from 0 is expected', '应为从 0 开始的整数');
  }
  if (version > VERSION)
    return diagnose('document-version', { path: ['version'] }, { version, latest: VERSION });
  return version;
}

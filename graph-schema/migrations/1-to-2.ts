/**
 * Version 1 let anything stand under `blocks`, and knew neither `data` nor a run's `dtype`, which a
 * document might still hold as unknown keys. Version 2 gives all three a meaning:
 *
 *     { "format": "tensorloom", "version": 2, "name": "encoder",
 *       "blocks": { "layer": { "nodes": { "x": { "type": "block-input" }, … }, "edges": { … } } },
 *       "nodes": { "layers": { "type": "block", "params": { "block": "layer", "repeat": 4 } } } }
 *
 * What version 1 held there is no drawing, so it is set aside under `version1`, where nothing reads it.
 */
import type { Outcome } from '../../src/base/diagnostic.ts';
import type { Migration } from './migration.ts';

type Members = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const drawnBlocks: Migration = {
  from: 1,
  to: 2,
  name: 'drawn-blocks',
  up(json): Outcome<unknown> {
    const { blocks, data, run, ...rest } = json as Members;
    const { dtype, ...settings } = isRecord(run) ? run : {};
    const aside: Members = {
      // Blocks that are no record made the document unsound already: validation says so.
      ...(isRecord(blocks) && Object.keys(blocks).length > 0 && { blocks }),
      ...(data !== undefined && { data }),
      ...(dtype !== undefined && { run: { dtype } }),
    };
    const keptBlocks = isRecord(blocks) ? undefined : blocks;
    const value = {
      ...rest,
      version: 2,
      ...(keptBlocks !== undefined && { blocks: keptBlocks }),
      ...(run !== undefined && { run: isRecord(run) ? settings : run }),
      ...(Object.keys(aside).length > 0 && { [freeKey(rest)]: aside }),
    };
    return { value, diagnostics: [] };
  },
};

/** `version1`, or the first `version1-2`, `version1-3`, … that the document does not hold. */
function freeKey(members: Members): string {
  for (let n = 1; ; n++) {
    const key = n === 1 ? 'version1' : `version1-${n}`;
    if (!Object.hasOwn(members, key)) return key;
  }
}

/** What a change of the document's format is, for those who hold documents of the version before. */
import type { Outcome } from '../../src/base/diagnostic.ts';

export interface Migration {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** Pure. The value lacks when the document is not a sound one of version `from`; the diagnostics say why. */
  up(json: unknown): Outcome<unknown>;
}

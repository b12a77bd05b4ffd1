/** What there is to say about a code: its explanation, an example that provokes it, and its remedy. */
import { parseGraph } from '../../../graph-schema/parse.ts';
import { type Code, codes, type Severity } from '../../base/codes.ts';
import { type Diagnostic, type Fix, remedyIn } from '../../base/diagnostic.ts';
import { remedies } from '../../base/remedies.ts';
import type { Text } from '../../base/text.ts';
import { check, createChecker } from '../check/index.ts';
import { compile } from '../compile.ts';
import { fixesFor } from '../fixes/index.ts';
import { examples } from './examples.ts';
import { explanations } from './explanations.ts';
import type { Provocation } from './sketches.ts';

export interface CodePage {
  readonly code: Code;
  readonly severity: Severity;
  readonly title: Text;
  readonly why: Text;
  readonly example: Provocation;
  /** What the example provokes. */
  readonly said: Diagnostic | undefined;
  readonly remedy: Text;
  readonly fixes: readonly Fix[];
}

export const isCode = (word: string): word is Code => Object.hasOwn(codes, word);

/** Everything that a provocation makes the product say. */
export function provoke(provocation: Provocation): readonly Diagnostic[] {
  switch (provocation.by) {
    case 'check':
      return check(provocation.document).diagnostics;
    case 'compile': {
      const { document, memoryLimit } = provocation;
      return compile(document, memoryLimit === undefined ? {} : { memoryLimit }).diagnostics;
    }
    case 'file':
      return parseGraph(provocation.text).diagnostics;
    case 'elsewhere':
      return [];
  }
}

export function pageOf(code: Code): CodePage {
  const example = examples[code];
  const said = provoke(example).find((diagnostic) => diagnostic.code === code);
  const checker = createChecker();
  const fixes =
    said && example.by === 'check'
      ? fixesFor(example.document, checker(example.document), said, checker)
      : (said?.fixes ?? []);
  const { severity } = codes[code];
  const remedy = (said && remedyIn(remedies, said)) ?? remedies[code];
  return { code, severity, ...explanations[code], example, said, remedy, fixes };
}

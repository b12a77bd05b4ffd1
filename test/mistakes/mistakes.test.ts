/**
 * Twelve classic mistakes, each a small graph as somebody might draw it: what is said names the right
 * nodes and sizes, and the fix that was meant is the first that is offered.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import type { Code } from '../../src/base/codes.ts';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';

interface Mistake {
  readonly file: string;
  readonly code: Code;
  readonly node: string;
  /** What follows from the same mistake and is told beside it. */
  readonly also?: readonly string[];
  /** Words and sizes that must be in the message. */
  readonly says: readonly string[];
  /** Of the first fix, in English. */
  readonly fix: string;
}

const mistakes: readonly Mistake[] = [
  {
    file: 'swapped-operands',
    code: 'size-conflict',
    node: 'product',
    says: ['2', '3', '“A”', '“W”'],
    fix: 'Swap a and b of Contract “product”',
  },
  {
    file: 'missing-flatten',
    code: 'rank-mismatch',
    node: 'loss',
    says: ['logits', 'rank 3', 'rank 2'],
    fix: 'Insert a Flatten before Linear “scores”: B×8×8 → B×64',
  },
  {
    file: 'kernel-arithmetic',
    code: 'size-conflict',
    node: 'scores',
    says: ['288', '512', '“flat”', '“W”'],
    fix: 'Set p of Parameter “W” to 288 (now 512)',
  },
  {
    file: 'lost-batch',
    code: 'size-conflict',
    node: 'loss',
    says: ['10', 'B', '“W”', '“digits”'],
    fix: 'Write bp,pc->bc instead of bp,pc->c in Contract “scores”',
  },
  {
    file: 'mismatched-heads',
    code: 'size-conflict',
    node: 'att',
    says: ['8', '4', '“split queries”', '“split keys”'],
    fix: 'Set h of Rearrange “split keys” to 8 (now 4)',
  },
  {
    file: 'label-off-by-one',
    code: 'class-count',
    node: 'loss',
    says: ['10 classes', '9 scores'],
    fix: 'Set Units of Linear “scores” to 10 (now 9)',
  },
  {
    file: 'residual-width',
    code: 'size-conflict',
    node: 'sum',
    says: ['64', '48', '“digits”', '“up”'],
    fix: 'Set Units of Linear “up” to 64 (now 48)',
  },
  {
    file: 'probabilities-for-scores',
    code: 'probabilities-for-scores',
    node: 'loss',
    says: ['softmax is applied twice'],
    fix: 'Bypass Softmax “soft”: wire Linear “scores” straight to “logits”',
  },
  {
    file: 'transposed-weights',
    code: 'size-conflict',
    node: 'scores',
    says: ['64', '10', '“digits”', '“W”'],
    fix: 'Write bp,cp->bc instead of bp,pc->bc in Contract “scores”',
  },
  {
    file: 'forgotten-sum',
    code: 'not-scalar',
    node: 'train',
    says: ['scalar', 'i'],
    fix: 'Sum over i before SGD “train”: 3 → scalar',
  },
  {
    file: 'name-clash',
    code: 'size-conflict',
    node: 'product',
    says: ['3', '5', '“A”', '“P”'],
    fix: 'Rename the index i of Tensor “P” to k',
  },
  {
    file: 'residual-cycle',
    code: 'cycle',
    node: 'block',
    says: ['Linear “block” → Add “residual” → Linear “block”'],
    fix: 'Feed Linear “block” from Data set “digits”, and what read it from Add “residual”',
  },
];

describe.each(mistakes)('$file', ({ file, code, node, also = [], says, fix }) => {
  const { value: document } = parseGraph(
    readFileSync(join(import.meta.dirname, `${file}.graph.json`), 'utf8'),
  );
  if (!document) throw new Error(`${file} is no graph`);
  const checked = check(document);

  it('is told once, with its nodes and sizes', () => {
    const told = checked.diagnostics.map((d) => `${d.code} at ${d.node}`);
    expect(told).toEqual([`${code} at ${node}`, ...also]);
    for (const words of says) expect(checked.diagnostics[0]?.message.en).toContain(words);
  });

  it('is mended by the fix that is offered first, and by every other', () => {
    const told = checked.diagnostics.find((d) => d.code === code && d.node === node);
    if (!told) throw new Error(`${code} was not told`);
    const checker = createChecker();
    checker(document);
    const fixes = fixesFor(document, checked, told, checker);
    expect(fixes[0]?.title.en).toBe(fix);
    for (const { title, edits } of fixes) {
      const after = check(edited(document, edits)).diagnostics.map((d) => `${d.code} at ${d.node}`);
      expect(after, title.en).not.toContain(`${code} at ${node}`);
    }
    const [first] = fixes;
    const after = check(edited(document, first?.edits ?? [])).diagnostics;
    expect(after.map((d) => `${d.code} at ${d.node}`).filter((d) => d !== 'names-differ at sum')).toEqual([]);
  });
});

/** Every code is provoked, and every fix that is offered for it is applied and seen to resolve it. */
import { describe, expect, it } from 'vitest';
import { type Code, codes } from '../../base/codes.ts';
import { isError } from '../../base/diagnostic.ts';
import { edited } from '../../document/apply-edits.ts';
import { examples } from '../explain/examples.ts';
import { pageOf, provoke } from '../explain/index.ts';
import { check, createChecker } from '../index.ts';
import { fixesFor } from './index.ts';

const all = Object.keys(codes) as Code[];
/** Codes whose remedy only a person can choose: there is nothing to offer. */
const withoutFix: readonly Code[] = [
  'blocks-too-large',
  'unused-recursion',
  'repeat-type',
  'repeat-optimizer',
  'statistics-of-one',
  'too-many-elements',
  'two-optimizers',
  'optimizer-missing',
  'optimizer-unbounded',
  'no-such-class',
  'no-parameters',
  'no-gradient',
  'gradient-blocked',
  'gradient-zero',
  'function-constant',
  'functions-nested',
  'lesson-shape',
  'lesson-fault',
  'lesson-reference',
  'nothing-to-run',
  'out-of-memory',
  'costly',
  'input-unfit',
];

describe.each(all)('%s', (code) => {
  const example = examples[code];

  it('is provoked by its example, or says where it arises', () => {
    if (example.by === 'elsewhere') {
      expect(example.where.en.length).toBeGreaterThan(20);
      expect(example.where.zh.length).toBeGreaterThan(5);
      return;
    }
    const said = provoke(example);
    expect(said.map((d) => d.code)).toContain(code);
    for (const d of said) {
      expect(`${d.message.en} ${d.remedy.en}`).not.toMatch(/\{\w+\}/);
      expect(`${d.message.zh} ${d.remedy.zh}`).not.toMatch(/\{\w+\}/);
    }
  });

  it('is gone after each of its fixes, and nothing else is wrong', () => {
    if (example.by !== 'check') return;
    const { document } = example;
    const { fixes } = pageOf(code);
    if (!withoutFix.includes(code)) expect(fixes.length).toBeGreaterThan(0);
    const before = check(document).diagnostics;
    for (const { title, edits } of fixes) {
      expect(title.en).not.toMatch(/\{\w+\}|undefined|\?$/);
      expect(title.zh).not.toMatch(/\{\w+\}|undefined/);
      const after = check(edited(document, edits)).diagnostics;
      const count = (list: typeof after) => list.filter((d) => d.code === code).length;
      expect(count(after), title.en).toBeLessThan(count(before));
      // A wire that is taken away leaves an input open; that much the button says.
      const removed = edits.some((edit) => edit.edit === 'removeEdge');
      const errors = after.filter(isError).filter((d) => !(removed && d.code === 'missing-input'));
      const known = new Set(before.map((d) => d.code));
      expect(
        errors.filter((d) => !known.has(d.code)).map((d) => d.message.en),
        title.en,
      ).toEqual([]);
    }
  });
});

describe('fixes', () => {
  it('are not offered where they would not do', () => {
    const { document } = examples['size-conflict'] as Extract<(typeof examples)[Code], { by: 'check' }>;
    const checker = createChecker();
    const checked = checker(document);
    const [conflict] = checked.diagnostics;
    if (!conflict) throw new Error('no conflict');
    // A fix that changes nothing, and one that breaks something else, proposed as if the checker had.
    const useless = {
      title: { en: 'useless', zh: '无用' },
      edits: [{ edit: 'setDim', name: 'z', size: 3 } as const],
    };
    const harmful = {
      title: { en: 'harmful', zh: '有害' },
      edits: [{ edit: 'setParam', node: 'A', key: 'axes', value: 3 } as const],
    };
    const offered = fixesFor(document, checked, { ...conflict, fixes: [useless, harmful] }, checker, {
      most: 99,
      trials: 999,
    });
    expect(offered.map((fix) => fix.title.en)).not.toContain('useless');
    expect(offered.map((fix) => fix.title.en)).not.toContain('harmful');
  });

  it('leave the document as it is', () => {
    const { document } = examples['rank-mismatch'] as Extract<(typeof examples)[Code], { by: 'check' }>;
    const copy = structuredClone(document);
    expect(pageOf('rank-mismatch').fixes.length).toBeGreaterThan(0);
    expect(document).toEqual(copy);
  });
});

import { describe, expect, it } from 'vitest';
import { codes } from '../../base/codes.ts';
import type { Io } from '../io.ts';
import { explain } from './explain.ts';

const io = {} as Io;
const ask = (operands: string[], options = {}) => explain.run({ operands, options }, io);

describe('tensorloom explain', () => {
  it('lists every code', async () => {
    const answer = await ask([]);
    expect(Object.keys(answer?.json.codes ?? {})).toEqual(Object.keys(codes));
  });
  it('explains one, with its example and fixes, in either language', async () => {
    const answer = await ask(['size-conflict']);
    expect(answer?.text).toContain('Two sizes that must be equal are not');
    expect(answer?.json.says).toContain('j = 5 comes from Tensor “A”, j = 4 from Tensor “B”');
    expect(answer?.json.fixes).toContain('Set j of Tensor “B” to 5 (now 4)');
    expect((await ask(['cycle'], { language: 'zh' }))?.text).toContain('连线构成循环');
  });
  it('refuses a word that is no code', async () => {
    await expect(ask(['toString'])).rejects.toThrow('there is no code "toString"');
  });
});

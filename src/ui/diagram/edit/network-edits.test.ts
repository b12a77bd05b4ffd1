import { describe, expect, it } from 'vitest';
import { parseEinsum, writeEinsum } from '../../../tensor/einsum.ts';
import {
  cutIndex,
  type IndexLists,
  joinIndices,
  type NetworkEdit,
  openOrClose,
  removeOperand,
  renameIndex,
} from './network-edits.ts';

function network(expression: string): IndexLists {
  const read = parseEinsum(expression);
  if ('error' in read) throw new Error(read.error.en);
  return { inputs: read.einsum.inputs, output: read.einsum.output ?? [] };
}

const written = (edit: NetworkEdit) => ('network' in edit ? writeEinsum(edit.network) : edit.obstacle.en);

const unknown = () => undefined;

describe('joining two indices', () => {
  it('sums over them as one', () => {
    expect(written(joinIndices(network('ij,kl->ijkl'), 'j', 'k', unknown))).toBe('ik,kl->il');
    expect(written(joinIndices(network('ij->ij'), 'i', 'j', unknown))).toBe('jj->');
  });

  it('is refused where their sizes differ', () => {
    const sizes: Record<string, number> = { j: 3, k: 4 };
    expect(written(joinIndices(network('ij,kl->ijkl'), 'j', 'k', (i) => sizes[i]))).toBe(
      'j has size 3, k has size 4: indices of different sizes cannot be joined.',
    );
  });
});

describe('cutting an index', () => {
  it('opens both of its ends', () => {
    expect(written(cutIndex(network('ij,jk->ik'), 'j'))).toBe('ij,lk->ikjl');
    expect(written(cutIndex(network('ii->'), 'i'))).toBe('ij->ij');
  });

  it('takes one end of a hyper-index off, and leaves the others together', () => {
    const star = network('xa,xb,xc->abc');
    expect(written(cutIndex(star, 'x', { operand: 1, axis: 0 }))).toBe('xa,ib,xc->abci');
    expect(written(cutIndex(network('bi,bj->bij'), 'b'))).toBe('bi,kj->bijk');
  });

  it('does nothing to an index with one end, and undoes what joining did', () => {
    expect(written(cutIndex(network('ij->i'), 'j'))).toBe('ij->i');
    const joined = joinIndices(network('ij,kl->il'), 'k', 'j', unknown);
    expect('network' in joined && written(cutIndex(joined.network, 'j'))).toBe('ij,kl->iljk');
  });
});

describe('other changes', () => {
  it('opens and closes', () => {
    expect(written(openOrClose(network('ij,jk->ik'), 'j'))).toBe('ij,jk->ikj');
    expect(written(openOrClose(network('ij,jk->ik'), 'k'))).toBe('ij,jk->i');
  });

  it('renames everywhere, to a name that is free and can be read', () => {
    expect(written(renameIndex(network('ij,jk->ik'), 'j', 'bond'))).toBe('i bond, bond k -> i k');
    expect(written(renameIndex(network('ij,jk->ik'), 'j', 'k'))).toMatch(/^There is an index k already/);
    expect(written(renameIndex(network('ij,jk->ik'), 'j', '2'))).toMatch(/^“2” is no name/);
  });

  it('takes a tensor out and leaves its bonds open', () => {
    expect(written(removeOperand(network('ij,jk,kl->il'), 1))).toBe('ij,kl->iljk');
    expect(written(removeOperand(network('ij,jk,kl->il'), 0))).toBe('jk,kl->lj');
    expect(written(removeOperand(network('ij->ij'), 0))).toBe('A contraction has at least one tensor.');
  });

  it('changes nothing that “...” stands for', () => {
    const hidden = { inputs: [['…0', 'i']], output: ['…0', 'i'] };
    for (const edit of [
      renameIndex(hidden, '…0', 'x'),
      openOrClose(hidden, '…0'),
      cutIndex(hidden, '…0'),
      joinIndices(hidden, 'i', '…0', unknown),
    ])
      expect(written(edit)).toMatch(/^“\.\.\.” stands for this index/);
  });
});

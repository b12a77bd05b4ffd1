import { describe, expect, it } from 'vitest';
import type { SeenAxis } from './adapt.ts';
import { rearrangements } from './patterns.ts';
import { relabellings, sums } from './sums.ts';

/** `b B, h 8` */
const axes = (written: string): SeenAxis[] =>
  written.split(',').map((axis) => {
    const [name = '', size = ''] = axis.trim().split(' ');
    return { name, written: size, size: /^\d+$/.test(size) ? Number(size) : 32 };
  });
const patterns = (has: string, wanted?: string) =>
  rearrangements({ has: axes(has), ...(wanted !== undefined && { wanted: axes(wanted) }) }).map(
    ({ params }) => params,
  );

describe('rearrangements that resolve', () => {
  it('transpose into the wanted order, by names before sizes', () => {
    expect(patterns('a 3, b 4, c 3', 'c 3, a 3, b 4')[0]).toEqual({ pattern: 'a b c -> c a b' });
    expect(patterns('i 3, j 4', 'x 4, y 3')[0]).toEqual({ pattern: 'i j -> j i' });
  });
  it('transpose the last two axes where nothing is known of what is wanted', () => {
    expect(patterns('a 2, b 3, c 4')).toEqual([{ pattern: 'a b c -> a c b' }]);
  });
  it('merge neighbours whose product is wanted', () => {
    expect(patterns('b B, h 8, w 8', 'b B, p 64')).toContainEqual({ pattern: 'b h w -> b (h w)' });
  });
  it('split an axis into wanted neighbours', () => {
    expect(patterns('b B, p 64', 'b B, h 16, w 4')).toContainEqual({
      pattern: 'b (h w) -> b h w',
      sizes: [{ name: 'w', size: 4 }],
    });
  });
  it('make images of rows, where a rank is wanted that rows do not have', () => {
    const has = axes('b B, p 64');
    expect(rearrangements({ has, rank: 3 })[0]?.params.pattern).toBe(
      'b (channel height width) -> b channel height width',
    );
    const added = rearrangements({ has: axes('b B, p 60'), rank: 3 });
    expect(added.map(({ params }) => params.pattern)).toEqual(['b p -> b p 1', 'b p -> b 1 p']);
    expect(rearrangements({ has: axes('b B, p 60'), rank: 4 })).toEqual([]);
  });
  it('part nothing that does not come out even', () => {
    expect(patterns('b B, p 60', 'b B, h 16, w 4').some((p) => 'sizes' in p)).toBe(false);
  });
  it('take a batch for no number, even when the numbers agree', () => {
    expect(patterns('b B, h 32', 'x 32, y B')[0]).toEqual({ pattern: 'b h -> h b' });
  });
});

describe('contractions that resolve', () => {
  it('sum over all axes, or over those of one element', () => {
    expect(sums(axes('i 3, j 4'), [])[0]?.params).toEqual({ expression: 'ij->' });
    expect(sums(axes('b B, o 1'), axes('b B'))[0]?.params).toEqual({ expression: 'ij->i' });
    expect(sums(axes('b B, o 5'), axes('b B'))).toEqual([]);
  });
  it('keep an index that was forgotten on the output, or exchange two letters', () => {
    const inputs = { a: axes('b B, p 64'), b: axes('p 64, c 10') };
    const written = relabellings('bp,pc->c', inputs).map(({ params }) => params.expression);
    expect(written).toEqual(['bp,pc->bc', 'pb,pc->c', 'bp,cp->c']);
  });
  it('write long names apart', () => {
    const inputs = { a: axes('batch B, p 64') };
    expect(relabellings('batch p -> p', inputs)[0]?.params).toEqual({ expression: 'batch p -> batch p' });
  });
  it('are not tried on expressions of very many indices', () => {
    expect(relabellings('ij,jk->ik', { a: axes('i 2, j 3'), b: axes('j 3, k 4') })).not.toEqual([]);
    const long = 'i'.repeat(90_000);
    expect(relabellings(`${long},jk->ik`, { a: axes('i 2, j 3'), b: axes('j 3, k 4') })).toEqual([]);
  });
});

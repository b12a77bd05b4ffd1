import { describe, expect, it } from 'vitest';
import { diagramOf } from '../einsum-diagram.test-support.ts';
import { layOutDiagram } from '../layout/lay-out-diagram.ts';
import { describeDiagram } from './describe-diagram.ts';

const told = (expression: string, locale: 'en' | 'zh' = 'en') => {
  const diagram = diagramOf(expression, { sizes: { i: 3, j: 4 } });
  return describeDiagram(diagram, layOutDiagram(diagram).forms, locale);
};

describe('describeDiagram', () => {
  it('says what is joined and what is open', () => {
    expect(told('ij,jk->ik')).toBe(
      'A chain of 2 tensors. j of size 4 joins A, B. Open: i of size 3, k of size 2.',
    );
    expect(told('ij,jk->ik', 'zh')).toBe(
      '2 个张量构成的链。j（大小 4）连接 A、B。开放指标：i（大小 3）、k（大小 2）。',
    );
  });

  it('says what is a trace, and what is summed alone', () => {
    expect(told('ii->')).toBe(
      'One tensor. i of size 3 is the trace of A. Nothing is open: the result is a number.',
    );
    expect(told('ij->i')).toBe('One tensor. j of size 4 of A is summed. Open: i of size 3.');
  });
});

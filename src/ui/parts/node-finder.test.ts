import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../../graph-schema/document.ts';
import { isError } from '../../base/diagnostic.ts';
import { drawnEquation } from '../../catalogue/drawn-equation.ts';
import { catalogue } from '../../catalogue/index.ts';
import { namesOf, synonyms } from '../../catalogue/synonyms.ts';
import { check, compile } from '../../compiler/index.ts';
import { equationIn, otherNames, withSettings } from './node-finder.ts';
import { search } from './search.ts';

/** What the palette finds: types with the settings that they come with. */
function found(query: string): string[] {
  const all = [...catalogue, ...withSettings(catalogue)];
  return search(all, query, (definition) => {
    const also = otherNames(definition);
    return definition.preset && also.length > 0
      ? { names: [], also }
      : { names: [definition.title.en, definition.title.zh, definition.type], also };
  }).map(({ type, preset }) => (preset ? `${type} ${Object.values(preset).join()}` : type));
}

describe('finding nodes', () => {
  it.each([
    ['dense', 'linear'],
    ['fc', 'linear'],
    ['全连接', 'linear'],
    ['relu', 'activation relu'],
    ['ReLU', 'activation relu'],
    ['gelu', 'activation gelu'],
    ['tanh', 'activation tanh'],
    ['swish', 'activation silu'],
    ['einsum', 'contract'],
    ['matmul', 'contract ij,jk->ik'],
    ['trace', 'contract ii->'],
    ['迹', 'contract ii->'],
    ['outer product', 'contract i,j->ij'],
    ['reshape', 'rearrange'],
    ['permute', 'rearrange'],
    ['mps', 'tensor-network mps'],
    ['tensor train', 'tensor-network mps'],
    ['MPO', 'tensor-network mpo'],
    ['parafac', 'tensor-network cp'],
    ['hosvd', 'tensor-network tucker'],
    ['mera', 'tensor-network mera'],
    ['auc', 'roc-area'],
    ['余弦退火', 'cosine-decay'],
    ['sum', 'reduce sum'],
    ['求和', 'reduce sum'],
    ['csv', 'dataset'],
    ['mnist', 'dataset mnist'],
    ['rnn', 'recurrent'],
    ['lstm', 'lstm'],
    ['长短期记忆', 'lstm'],
    ['gru', 'gru'],
    ['batchnorm', 'batch-norm'],
    ['BN', 'batch-norm'],
    ['conv', 'conv1d'],
    ['maxpool', 'max-pool'],
    ['softmax', 'softmax'],
    ['adamw', 'adamw'],
    ['adam', 'adam'],
    ['sgd', 'sgd'],
    ['momentum', 'sgd 0.9'],
    ['bce', 'binary-cross-entropy'],
    ['concat', 'concat'],
    ['rope', 'rotary'],
  ])('“%s” leads to %s', (query, first) => {
    expect(found(query)[0]).toBe(first);
  });

  it.each([
    ['lienar', 'linear'],
    ['sofmtax', 'softmax'],
    ['convolutoin', 'conv'],
    ['atention', 'attention'],
    ['einsumm', 'contract'],
    ['batchnrom', 'batch-norm'],
    ['dropuot', 'dropout'],
  ])('“%s” is taken for what it was to be: %s', (query, meant) => {
    expect(found(query).slice(0, 2).join()).toContain(meant);
  });

  it('has names for types that are there, with settings that they take', () => {
    const types = new Map(catalogue.map((definition) => [definition.type, definition]));
    for (const synonym of synonyms) {
      const definition = types.get(synonym.type);
      expect(definition, synonym.type).toBeDefined();
      if (synonym.setting)
        expect(definition!.params.safeParse(synonym.setting.params).success, synonym.names).toBe(true);
      expect(new Set(namesOf(synonym)).size).toBe(namesOf(synonym).length);
    }
  });

  it('takes an equation for what is to be drawn, and nothing else', () => {
    expect(equationIn('ab,bc,cd,da->')).toBe('ab,bc,cd,da->');
    expect(equationIn(' ij , jk → ik ')).toBe('ij,jk->ik');
    for (const other of ['relu', 'ij,jk', 'ab->c', '...ij->i', '->', 'a->b->c'])
      expect(equationIn(other)).toBeUndefined();
  });

  it.each([
    ['ab,bc,cd,da->', '', 4],
    ['ij,jk->ik', 'i 2, k 4', 2],
    ['ii->i', 'i1 2', 1],
    ['a b, b c, c -> a', 'a 2', 3],
  ])('draws %s without a problem', (equation, axes, operands) => {
    const document = { ...emptyDocument('drawn'), ...drawnEquation(equationIn(equation)!, ['A']) };
    const checked = check(document);
    expect(checked.diagnostics.filter(isError)).toEqual([]);
    const contracted = checked.nodes.contract!.outputTypes.out!;
    expect(contracted.axes.map(({ name, size }) => `${name} ${size}`).join(', ')).toBe(axes);
    const labels = Object.values(document.nodes).flatMap(({ label }) => label ?? []);
    expect(labels).toEqual(['B', 'C', 'D', 'E'].slice(0, operands));
    expect(compile(document).value).toBeDefined();
  });
});

/**
 * Architectures in the sizes in which they were published, to be looked at, changed, priced and exported: checked at
 * once, since one layer that is drawn stands for all, and computed nowhere here.
 */
import { text } from '../src/base/text.ts';
import { encoderWords, gatedWords } from './sequence-templates.ts';
import { type Template, template } from './template.ts';

export const published: readonly Template[] = [
  template(
    'vit-b16',
    text('ViT-B/16', 'ViT-B/16'),
    text(
      'Images as sentences of 196 patches: 86,567,656 parameters.',
      '把图像当作 196 个小块的句子：86,567,656 个参数。',
    ),
    () => import('./published/vit-b16.graph.json'),
    [
      ...encoderWords,
      text('image', '图像'),
      text('patches', '小块'),
      text('scores of the classes', '各类的得分'),
    ],
  ),
  template(
    'bert-base',
    text('BERT base', 'BERT base'),
    text('Reads in both directions: 109,482,240 parameters.', '双向阅读：109,482,240 个参数。'),
    () => import('./published/bert-base.graph.json'),
    [
      ...encoderWords,
      text('tokens', '词元'),
      text('first or second sentence', '第一句或第二句'),
      text('no padding', '不是填充'),
      text('vectors of tokens', '词元向量'),
      text('vectors of sentences', '句子向量'),
      text('pooler', '汇集'),
      text('sentence as a vector', '句子的向量'),
    ],
  ),
  template(
    'gpt2-small',
    text('GPT-2 small', 'GPT-2 small'),
    text(
      'One table turns tokens into vectors and back: 124,439,808 parameters.',
      '同一张表把词元变成向量再变回来：124,439,808 个参数。',
    ),
    () => import('./published/gpt2-small.graph.json'),
    [
      ...encoderWords,
      text('tokens', '词元'),
      text("tokens' vectors", '词元的向量'),
      text('scores of the next token', '下一词元的得分'),
    ],
  ),
  template(
    'llama-7b',
    text('LLaMA 7B', 'LLaMA 7B'),
    text(
      'Rotary positions and gates, 32 layers: 6,738,415,616 parameters.',
      '旋转位置与门控，32 层：6,738,415,616 个参数。',
    ),
    () => import('./published/llama-7b.graph.json'),
    [...gatedWords, text('tokens', '词元'), text('scores of the next token', '下一词元的得分')],
  ),
];

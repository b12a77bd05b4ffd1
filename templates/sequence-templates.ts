/** Graphs of sequences that train here in a minute or less: language models of names, digits row by row and in patches. */
import { text } from '../src/base/text.ts';
import { type Template, template } from './template.ts';

const layerWords = [
  text('Layer', '层'),
  text('Places ask each other, then each thinks for itself.', '各位置先互相询问，再各自思考。'),
  text('Attention', '注意力'),
  text(
    'Every place asks those it may see, and adds what it is told.',
    '每个位置询问它能看到的位置，并加上所得的回应。',
  ),
  text('Feed-forward', '前馈'),
  text(
    'Each place by itself through a hidden layer, added to what it was.',
    '每个位置各自经过隐藏层，再加到原来的值上。',
  ),
];

export const gatedWords = [
  ...layerWords,
  text(
    'Each place by itself through a gated hidden layer (SwiGLU), added to what it was.',
    '每个位置各自经过带门的隐藏层（SwiGLU），再加到原来的值上。',
  ),
  text('query', '查询'),
  text('key', '键'),
  text('value', '值'),
  text('gate', '门'),
  text('up', '升维'),
];

export const encoderWords = [...layerWords, text('the place that answers', '负责回答的位置')];

export const sequenceTemplates: readonly Template[] = [
  template(
    'digits-gru',
    text('Bidirectional GRU', '双向 GRU'),
    text('Rows of a digit, read from above and from below.', '自上而下、自下而上地读数字的各行。'),
    () => import('./digits-gru.graph.json'),
  ),
  template(
    'digits-vit',
    text('Vision transformer', '视觉 Transformer'),
    text('An image as sixteen patches that ask each other.', '把图像切成十六个互相询问的小块。'),
    () => import('./digits-vit.graph.json'),
    encoderWords,
  ),
  template(
    'names-lstm',
    text('Names: LSTM', '名字：LSTM'),
    text('A memory that is read and written letter by letter.', '逐字母读写的记忆。'),
    () => import('./names-lstm.graph.json'),
  ),
  template(
    'names-transformer',
    text('Names: transformer', '名字：Transformer'),
    text(
      'A small language model, and a trigram model that it beats.',
      '一个小语言模型，以及被它超过的三元模型。',
    ),
    () => import('./names-transformer.graph.json'),
    [
      ...layerWords,
      text('letter before', '前一个字母'),
      text('number of the pair', '字母对的编号'),
      text('scores after each pair', '每对之后的得分'),
      text('trigram', '三元模型'),
    ],
  ),
  template(
    'names-llama',
    text('Names: a small LLaMA', '名字：小型 LLaMA'),
    text(
      'Rotary positions, shared heads of keys, gates: a language model of today.',
      '旋转位置、共用的键头、门控：当今的语言模型。',
    ),
    () => import('./names-llama.graph.json'),
    gatedWords,
  ),
  template(
    'names-experts',
    text('Mixture of experts', '混合专家'),
    text('A router asks two of four experts for each letter.', '路由器为每个字母询问四个专家中的两个。'),
    () => import('./names-experts.graph.json'),
    [
      text('Experts', '专家'),
      text(
        "The router's two best experts are mixed by their shares, and added to what comes in.",
        '路由器选出的两个专家按份额混合，再加到输入上。',
      ),
      text('router', '路由器'),
      text('only the best', '只留最好的'),
      text('first layers', '第一层'),
      text('second layers', '第二层'),
    ],
  ),
];

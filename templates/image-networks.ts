/** Networks that read, make and mend images, in the order of the gallery. */
import { text } from '../src/base/text.ts';
import { type Template, template } from './template.ts';

const residualWords = [
  text('Residual block', '残差块'),
  text('Two convolutions, added to what came in.', '两次卷积，再加上输入。'),
  text('Downsampling residual block', '下采样残差块'),
  text(
    'Half the size, more channels; the way past it is a convolution of one place.',
    '尺寸减半，通道增多；旁路是 1 × 1 卷积。',
  ),
];

export const imageTemplates: readonly Template[] = [
  template(
    'digits-resnet',
    text('Residual network', '残差网络'),
    text('Blocks that add to what came in, and batch norm.', '把结果加到输入上的块，以及批归一化。'),
    () => import('./digits-resnet.graph.json'),
    residualWords,
  ),
  template(
    'mnist-cnn',
    text('MNIST', 'MNIST'),
    text('The classic: 98 of 100 digits in a minute.', '经典任务：一分钟内认对 100 个数字中的 98 个。'),
    () => import('./mnist-cnn.graph.json'),
  ),
  template(
    'autoencoder-digits',
    text('Autoencoder', '自编码器'),
    text('An image through eight numbers and back.', '图像经过八个数，再变回图像。'),
    () => import('./autoencoder-digits.graph.json'),
  ),
  template(
    'denoising-digits',
    text('U-Net', 'U-Net'),
    text('Down for what, up for where: noise is taken off.', '向下看内容，向上找位置：去除噪声。'),
    () => import('./denoising-digits.graph.json'),
    [
      text('Two convolutions', '两次卷积'),
      text('Each with group norm and a bend; places stay as many.', '各带组归一化与非线性，位置数不变。'),
    ],
  ),
  template(
    'siamese-digits',
    text('Siamese network', '孪生网络'),
    text('Learn who is like whom from pairs alone.', '只凭成对的样本学习谁与谁相像。'),
    () => import('./siamese-digits.graph.json'),
  ),
  template(
    'digits-vae',
    text('Variational autoencoder', '变分自编码器'),
    text('A code of random numbers, and what it costs.', '随机数组成的编码，及其代价。'),
    () => import('./digits-vae.graph.json'),
  ),
  template(
    'digits-ddpm',
    text('Diffusion', '扩散模型'),
    text('Guess the noise that was mixed into a digit.', '猜出混入数字的噪声。'),
    () => import('./digits-ddpm.graph.json'),
    [
      text('Timed block', '带时刻的块'),
      text(
        'A convolution with group norm, to which the time adds a number for each channel; added to what came in.',
        '带组归一化的卷积，时刻为每个通道加上一个数；结果加到输入上。',
      ),
    ],
  ),
  template(
    'resnet-18',
    text('ResNet-18', 'ResNet-18'),
    text('The published size: 11,689,512 parameters.', '论文发表的规模：11,689,512 个参数。'),
    () => import('./resnet-18.graph.json'),
    residualWords,
  ),
  template(
    'resnet-50',
    text('ResNet-50', 'ResNet-50'),
    text(
      'Bottlenecks make 50 layers affordable: 25,557,032 parameters.',
      '瓶颈让 50 层也负担得起：25,557,032 个参数。',
    ),
    () => import('./resnet-50.graph.json'),
    [
      text('Bottleneck', '瓶颈块'),
      text(
        'Fewer channels, a convolution among them, and back to four times as many; added to what came in.',
        '先减少通道，在其中卷积，再变回四倍的通道；结果加到输入上。',
      ),
      text('First bottleneck of a stage', '阶段的首个瓶颈块'),
      text(
        'It changes size and channels; the way past it is a convolution of one place.',
        '改变尺寸与通道；旁路是 1 × 1 卷积。',
      ),
    ],
  ),
];

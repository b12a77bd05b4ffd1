/**
 * What node types are called elsewhere – in PyTorch, Keras, JAX, NumPy, papers – and the settings that make them what
 * is meant. The page fetches this with its lists of node types; it is data alone.
 */
import type { Json } from '../base/edit.ts';
import { type Text, text } from '../base/text.ts';

export interface Synonym {
  readonly type: string;
  /** Names in any language, with a bar between them. */
  readonly names: string;
  /** With which settings the node is what these names say, and how that is called. */
  readonly setting?: { readonly params: Readonly<Record<string, Json>>; readonly title: Text };
}

const means = (type: string, names: string): Synonym => ({ type, names });

const set = (type: string, names: string, params: Readonly<Record<string, Json>>, title: Text): Synonym => ({
  type,
  names,
  setting: { params, title },
});

const plain = (title: string): Text => text(title, title);

const activation = (name: string, names = name): Synonym =>
  set('activation', names, { function: name }, plain(name));
const einsum = (expression: string, names: string): Synonym =>
  set('contract', names, { expression }, plain(expression));
const data = (name: string, names: string): Synonym => set('dataset', names, { data: name }, plain(name));
const reduced = (reduction: string, names: string, title: Text): Synonym =>
  set('reduce', names, { reduction }, title);

export const synonyms: readonly Synonym[] = [
  means(
    'tensor',
    'constant | array | matrix | vector | scalar | number | numbers | ndarray | 常量 | 矩阵 | 向量 | 标量 | 数组',
  ),
  set('tensor', 'eye | identity matrix | 单位矩阵', { fill: 'identity' }, text('identity', '单位')),
  set('tensor', 'zeros | 全零', { fill: 'zeros' }, text('zeros', '全 0')),
  set('tensor', 'ones | 全一', { fill: 'ones' }, text('ones', '全 1')),
  set('tensor', 'arange | range', { fill: 'range' }, plain('0, 1, 2, …')),
  means(
    'parameter',
    'variable | weight | weights | trainable | learnable | nn.parameter | 权重 | 变量 | 可训练',
  ),
  set(
    'parameter',
    'orthogonal parameter | isometry | 正交参数',
    { init: 'orthogonal' },
    text('orthogonal', '正交'),
  ),
  means('delta', 'kronecker | kronecker delta | copy tensor | hyperedge | 克罗内克 | 复制张量'),
  means('noise', 'randn | rand | random | gaussian noise | 随机 | 高斯噪声'),
  means('dataset', 'data | dataloader | csv | tsv | npz | table | file | load | 数据 | 表格 | 文件 | 加载'),
  data('mnist', 'mnist | handwritten | 手写数字'),
  data('digits', 'digits | 数字'),
  data('iris', 'iris | 鸢尾花'),
  data('wine', 'wine | 葡萄酒'),
  data('names', 'names | 人名'),
  data('spirals', 'spirals | 螺旋'),
  data('two-moons', 'moons | two moons | make_moons | 双月'),
  data('circles', 'circles | make_circles | 同心圆'),
  data('blobs', 'blobs | make_blobs'),
  data('xor', 'xor | 异或'),
  means('input', 'placeholder | feed | 占位符'),
  means(
    'contract',
    'einsum | tensordot | tensor network | np.einsum | torch.einsum | 爱因斯坦求和 | 张量网络 | 缩并',
  ),
  einsum('ii->', 'trace | tr | 迹'),
  einsum('ij,jk->ik', 'matmul | mm | dot product of matrices | matrix product | 矩阵乘法 | 矩阵积'),
  einsum('bij,bjk->bik', 'bmm | batch matmul | 批矩阵乘'),
  einsum('ij,j->i', 'matvec | mv | matrix vector | 矩阵乘向量'),
  einsum('i,i->', 'dot | inner product | vdot | 点积 | 内积'),
  einsum('i,j->ij', 'outer | outer product | 外积'),
  einsum('ii->i', 'diagonal | diag | 对角'),
  einsum('ij->ji', 'transpose | 转置'),
  einsum('i,ij,j->', 'bilinear | quadratic form | 双线性 | 二次型'),
  means('add', 'plus | sum of two | residual | skip connection | 加 | 残差 | 跳接'),
  means('multiply', 'mul | times | hadamard | elementwise product | 乘 | 逐元素乘 | 哈达玛积'),
  means('scale', 'multiply by a number | constant factor | 倍数'),
  set('scale', 'neg | negate | minus | subtract | 取负 | 减', { factor: -1 }, plain('−1')),
  means('slice', 'select | narrow | index | gather rows | crop | 选取 | 索引 | 裁剪'),
  means('pad', 'zero padding | zeropad | 填充'),
  means('concat', 'cat | concatenate | append | join | merge | hstack | vstack | 连接 | 合并'),
  means('one-hot', 'onehot | to_categorical | dummy | 独热编码'),
  means(
    'gradient',
    'grad | autograd | derivative | differentiate | backward | jacobian | nabla | 求导 | 导数 | 反向传播',
  ),
  means(
    'linear',
    'dense | fc | fully connected | affine | nn.linear | feed forward | perceptron | mlp | 全连接 | 稠密层 | 感知机',
  ),
  means('activation', 'nonlinearity | unary | elementwise function | 非线性 | 激活函数'),
  activation('relu', 'relu | rectifier | rectified linear | 修正线性'),
  activation('tanh', 'tanh | hyperbolic tangent | 双曲正切'),
  activation('sigmoid', 'sigmoid | logistic | expit | S 形'),
  activation('gelu', 'gelu'),
  activation('silu', 'silu | swish'),
  activation('softplus', 'softplus'),
  activation('exp', 'exp | exponential | 指数'),
  activation('log', 'log | ln | logarithm | 对数'),
  activation('sqrt', 'sqrt | square root | 平方根'),
  activation('square', 'square | 平方'),
  activation('reciprocal', 'reciprocal | inverse | divide | 倒数 | 除'),
  activation('abs', 'abs | absolute value | 绝对值'),
  activation('sin', 'sin | sine | 正弦'),
  activation('cos', 'cos | cosine | 余弦'),
  activation('asin', 'asin | arcsin | inverse sine | 反正弦'),
  activation('acos', 'acos | arccos | inverse cosine | 反余弦'),
  activation('atan', 'atan | arctan | inverse tangent | 反正切'),
  activation('asinh', 'asinh | arsinh | arcsinh | 反双曲正弦'),
  activation('acosh', 'acosh | arcosh | arccosh | 反双曲余弦'),
  activation('sinc', 'sinc | cardinal sine'),
  activation('trunc', 'trunc | truncate | fix | 取整'),
  activation('frac', 'frac | fractional part | 小数部分'),
  activation('erfc', 'erfc | complementary error function | 互补误差函数'),
  activation('logit', 'logit | log odds | 对数几率'),
  activation('exp2', 'exp2 | power of two'),
  means('formula', 'expression | custom | lambda | map | elementwise | pow | power | 表达式 | 自定义 | 幂'),
  means('softmax', 'boltzmann weights | probabilities | 归一化指数 | 概率'),
  means('layer-norm', 'layernorm | ln | 层标准化'),
  means('batch-norm', 'batchnorm | bn | batchnorm2d | batchnormalization | 批标准化'),
  means('group-norm', 'groupnorm | gn | 组标准化'),
  means('instance-norm', 'instancenorm | in | 实例标准化'),
  means('rms-norm', 'rmsnorm'),
  means('dropout', 'drop | 随机失活 | 丢弃'),
  means('structured-dropout', 'dropout2d | spatial dropout | drop path | stochastic depth'),
  means('flatten', 'ravel | vectorise | vectorize | 拉平'),
  means(
    'rearrange',
    'reshape | view | permute | transpose | swapaxes | squeeze | unsqueeze | expand_dims | einops | patchify | 变形 | 重塑 | 换轴',
  ),
  means('repeat', 'tile | broadcast | expand | 平铺 | 广播'),
  means('reduce', 'pool over axes | aggregate | global average | 聚合 | 全局平均'),
  reduced('sum', 'sum | total | 求和', text('sum', '求和')),
  reduced('mean', 'mean | average | 平均', text('mean', '平均')),
  reduced('max', 'max | amax | 最大', text('largest', '最大')),
  reduced('min', 'min | amin | 最小', text('smallest', '最小')),
  reduced('prod', 'prod | product over an axis | 连乘', text('product', '连乘')),
  reduced('var', 'var | variance | 方差', text('variance', '方差')),
  reduced('std', 'std | standard deviation | 标准差', text('deviation', '标准差')),
  means('norm', 'length | l2 norm | frobenius | vector norm | 长度 | 范数'),
  means('log-sum-exp', 'logsumexp | lse | log partition'),
  means('cumulative-sum', 'cumsum | prefix sum | scan | 前缀和'),
  means('sort', 'order | rank | argsort | 排序'),
  means('top-k', 'topk | largest k'),
  means('argmax', 'argmin | predicted class | 预测类别'),
  means('where', 'if | select by mask | masked_fill | condition | 条件'),
  means('compare', 'greater | less | equal | threshold | 大于 | 小于 | 等于 | 阈值'),
  means('clamp', 'clip | limit | bound | relu6 | hardtanh | 限幅 | 裁剪数值'),
  means('causal-mask', 'triangular mask | tril | look-ahead mask | 下三角'),
  means('padding-mask', 'attention mask | key padding mask | 填充'),
  means('split', 'chunk | unstack | 切分'),
  means('stack', 'new axis | 叠放'),
  means(
    'levi-civita',
    'epsilon tensor | antisymmetric tensor | cross product | determinant | 叉积 | 行列式 | ε 张量',
  ),
  means('conv1d', 'conv | convolution | temporal convolution | conv1 | 卷积'),
  means('conv2d', 'conv | cnn | convolution | depthwise | pointwise | conv2 | 卷积 | 卷积层 | 深度卷积'),
  means('transposed-conv1d', 'deconv | deconvolution | convtranspose1d | 反卷积'),
  means('transposed-conv2d', 'deconv | deconvolution | convtranspose2d | 反卷积'),
  means('max-pool', 'maxpool | maxpool2d | pooling | subsampling | 池化'),
  means('average-pool', 'avgpool | averagepooling | avg pool | pooling | 池化'),
  means('adaptive-pool', 'gap | global pool | adaptive average | global average pooling | 全局池化'),
  means('upsample', 'interpolate | resize | unpool | nearest | bilinear upsampling | 放大 | 插值'),
  means('embedding', 'lookup | token | vocabulary | wte | 词嵌入 | 查表'),
  means('recurrent', 'rnn | elman | simplernn | 循环神经网络'),
  means('gru', 'gated recurrent unit | 门控循环单元'),
  means('lstm', 'long short-term memory | 长短期记忆'),
  means('attention', 'sdpa | scaled dot product | self attention | transformer | qkv | 自注意力 | 变换器'),
  means('multi-head-attention', 'mha | multiheadattention | cross attention | transformer | 交叉注意力'),
  means('positions', 'positional encoding | position embedding | wpe | 位置嵌入'),
  set(
    'positions',
    'sinusoidal | sine positions | 正弦位置',
    { kind: 'sinusoidal' },
    text('sinusoidal', '正弦'),
  ),
  means('rotary', 'rope | rotary embedding'),
  means('glu', 'swiglu | geglu | gated linear unit | 门控线性'),
  means('mse', 'l2 loss | squared error | mseloss | regression | least squares | 平方误差 | 回归 | 最小二乘'),
  means('mae', 'l1 loss | absolute error | l1loss'),
  means('huber', 'smooth l1 | robust loss | 稳健损失'),
  means(
    'cross-entropy',
    'ce | nll of scores | log loss | softmax loss | crossentropyloss | categorical | classification | 分类损失',
  ),
  means('binary-cross-entropy', 'bce | bcewithlogits | sigmoid loss | logistic loss | 二分类'),
  means('nll', 'nllloss | log likelihood'),
  means('kl', 'kullback | leibler | relative entropy | kldiv | distillation | 相对熵 | 蒸馏'),
  means('hinge', 'svm | margin | 支持向量'),
  means('info-nce', 'contrastive | simclr | ntxent | clip loss | 对比学习'),
  means('triplet', 'triplet margin | metric learning | 度量学习'),
  means('pair-contrastive', 'siamese | contrastive loss | 孪生'),
  means('cosine-embedding', 'cosine similarity loss | 余弦相似'),
  means('poisson', 'poissonnll | counts'),
  means('gaussian-nll', 'normal likelihood | heteroscedastic'),
  means('energy', 'minimise anything | objective | ebm | 目标函数'),
  means('accuracy', 'acc | metric | correct | 正确率'),
  means('sgd', 'gradient descent | optimizer | optimiser | nesterov | 随机梯度下降 | 梯度下降 | 优化器'),
  set('sgd', 'momentum | heavy ball | 动量', { momentum: 0.9 }, text('momentum 0.9', '动量 0.9')),
  means('adam', 'optimizer | optimiser | adaptive moments | 自适应 | 优化器'),
  means('adamw', 'weight decay | decoupled decay | 权重衰减'),
  means('rmsprop', 'root mean square propagation'),
  means('gradient-flow', 'ode | continuous descent | 连续下降'),
  means('langevin', 'sgld | mcmc | sampling | 采样'),
  means('underdamped-langevin', 'baoab | hmc | 哈密顿蒙特卡洛'),
  means('probe', 'output | print | show | display | watch | 输出 | 显示 | 查看'),
  means('check', 'assert | test | expect | compare values | 断言 | 测试'),
  means('eigenvalues', 'eig | eigh | spectrum | 谱'),
  means('matrix-exponential', 'expm | matrix_exp'),
  means('orthonormalise', 'qr | gram schmidt | newton schulz | isometry | 正交化'),
  means('integrate', 'ode solver | runge kutta | rk4 | euler | leapfrog | verlet | 龙格库塔 | 常微分方程'),
  means('shape', 'size | numel | rank | ndim | 形状'),
  means('plot', 'chart | curve | line | graph | matplotlib | 图表 | 曲线'),
  means('histogram', 'hist | bins | 直方'),
  means('matrix-picture', 'heatmap | imshow | heat map | 热图'),
  means('contraction-cost', 'flops | opt_einsum | cost | 代价'),
  means('hessian-vector-product', 'hvp | hessian | curvature | 曲率'),
  means('lambda-max', 'sharpness | largest eigenvalue | power iteration | 幂迭代'),
];

/** The names of a synonym, one by one. */
export const namesOf = ({ names }: Synonym): readonly string[] => names.split(' | ');

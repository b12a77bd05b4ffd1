/** What we use of TensorFlow.js. */

export interface TfTensor {
  readonly shape: number[];
  dataSync(): Float32Array;
  dispose(): void;
}

export type TfVariable = TfTensor & { readonly name: string; assign(value: TfTensor): void };
type Unary = (x: TfTensor) => TfTensor;
type Binary = (a: TfTensor, b: TfTensor | number) => TfTensor;

export interface Tf {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  ready(): Promise<void>;
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  variable(value: TfTensor): TfVariable;
  keep<T extends TfTensor>(tensor: T): T;
  tidy<T>(f: () => T): T;
  matMul(a: TfTensor, b: TfTensor, transposeA?: boolean, transposeB?: boolean): TfTensor;
  conv2d(x: TfTensor, kernel: TfTensor, stride: number, padding: 'valid'): TfTensor;
  einsum(expression: string, ...operands: TfTensor[]): TfTensor;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly neg: Unary;
  readonly tanh: Unary;
  readonly exp: Unary;
  readonly sqrt: Unary;
  readonly relu: Unary;
  readonly sigmoid: Unary;
  readonly softmax: Unary;
  readonly logSoftmax: Unary;
  sum(x: TfTensor, axis?: number): TfTensor;
  zeros(shape: readonly number[]): TfTensor;
  fill(shape: readonly number[], value: number): TfTensor;
  eye(size: number): TfTensor;
  stack(parts: readonly TfTensor[], axis: number): TfTensor;
  unstack(x: TfTensor, axis: number): TfTensor[];
  split(x: TfTensor, parts: number, axis: number): TfTensor[];
  mean(x: TfTensor, axis?: number | readonly number[], keepDims?: boolean): TfTensor;
  reshape(x: TfTensor, shape: readonly number[]): TfTensor;
  transpose(x: TfTensor, axes: readonly number[]): TfTensor;
  slice(x: TfTensor, begin: readonly number[], size: readonly number[]): TfTensor;
  concat(parts: readonly TfTensor[], axis: number): TfTensor;
  grad(f: (x: TfTensor) => TfTensor): (x: TfTensor) => TfTensor;
  variableGrads(
    f: () => TfTensor,
    variables: readonly TfVariable[],
  ): { value: TfTensor; grads: Record<string, TfTensor> };
  readonly train: {
    adam(
      rate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
    ): { applyGradients(grads: Record<string, TfTensor>): void; dispose(): void };
  };
}

/** What we use of jax-js. */

export interface JaxArray {
  readonly ref: JaxArray;
  readonly shape: readonly number[];
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  neg(): JaxArray;
  sum(axis?: number): JaxArray;
  mean(axis?: number | readonly number[], options?: { keepdims: boolean }): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  transpose(axes: readonly number[]): JaxArray;
  slice(...ranges: readonly (number | readonly number[])[]): JaxArray;
  dataSync(): Float32Array;
  dispose(): void;
}

type Trees = JaxArray | readonly Trees[] | { readonly [key: string]: Trees };

export interface Jax {
  init(...devices: string[]): Promise<string[]>;
  defaultDevice(device: string): void;
  readonly numpy: {
    array(data: Float32Array): JaxArray;
    zeros(shape: readonly number[]): JaxArray;
    ones(shape: readonly number[]): JaxArray;
    eye(size: number): JaxArray;
    stack(parts: readonly JaxArray[], axis: number): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    einsum(expression: string, ...operands: JaxArray[]): JaxArray;
    tanh(x: JaxArray): JaxArray;
    exp(x: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    triu(x: JaxArray, diagonal: number): JaxArray;
    concatenate(parts: readonly JaxArray[], axis: number): JaxArray;
  };
  readonly nn: {
    relu(x: JaxArray): JaxArray;
    sigmoid(x: JaxArray): JaxArray;
    logSoftmax(x: JaxArray, axis: number): JaxArray;
    softmax(x: JaxArray, axis: number): JaxArray;
  };
  readonly lax: {
    convGeneralDilated(x: JaxArray, kernel: JaxArray, strides: readonly number[], padding: 'VALID'): JaxArray;
  };
  readonly tree: { ref<T extends Trees>(tree: T): T };
  jit<F extends (...args: never[]) => Trees>(f: F): F;
  grad(f: (x: JaxArray) => JaxArray): (x: JaxArray) => JaxArray;
  valueAndGrad(
    f: (parameters: readonly JaxArray[], x: JaxArray, y: JaxArray) => JaxArray,
  ): (parameters: readonly JaxArray[], x: JaxArray, y: JaxArray) => [JaxArray, JaxArray[]];
}

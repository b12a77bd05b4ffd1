/**
 * As much of the ONNX format as the benchmark's models need: a graph is built operation by operation and
 * written as a protocol buffer (onnx.proto3, IR version 8, operator set 17).
 */

type Bytes = readonly number[];

/** A whole number in seven bits a byte, the lowest first. */
function varint(value: number): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return bytes;
}

/** Fields of a message by their number in the format: wire type 0 for numbers, 2 for what has a length. */
const whole = (field: number, value: number): Bytes => [...varint(field << 3), ...varint(value)];
const block = (field: number, bytes: Bytes): Bytes => [
  ...varint((field << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
];
const message = (field: number, ...fields: readonly Bytes[]): Bytes => block(field, fields.flat());
const string = (field: number, text: string): Bytes => block(field, [...new TextEncoder().encode(text)]);

const FLOAT = 1;
const INT64 = 7;

export type Attribute = number | string | readonly number[];

function attribute(name: string, value: Attribute): Bytes {
  if (typeof value === 'number') return message(5, string(1, name), whole(3, value), whole(20, 2));
  if (typeof value === 'string') return message(5, string(1, name), string(4, value), whole(20, 3));
  return message(5, string(1, name), ...value.map((i) => whole(8, i)), whole(20, 7));
}

export class OnnxGraph {
  readonly #nodes: Bytes[] = [];
  readonly #constants: Bytes[] = [];
  readonly #inputs: Bytes[] = [];
  readonly #outputs: Bytes[] = [];
  #count = 0;

  input(name: string, shape: readonly number[]): string {
    this.#inputs.push(message(11, ...valueInfo(name, shape)));
    return name;
  }

  output(name: string, shape: readonly number[]): void {
    this.#outputs.push(message(12, ...valueInfo(name, shape)));
  }

  /** A float32 constant: a scalar, or row-major numbers with their shape. */
  constant(values: number | readonly number[], shape: readonly number[] = []): string {
    const numbers = typeof values === 'number' ? [values] : values;
    return this.#initializer(FLOAT, new Uint8Array(Float32Array.from(numbers).buffer), shape);
  }

  /** A list of whole numbers: axes and shapes are given so. */
  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#initializer(INT64, new Uint8Array(data.buffer), [values.length]);
  }

  #initializer(type: number, data: Uint8Array, shape: readonly number[]): string {
    const name = `c${this.#count++}`;
    const dims = shape.map((size) => whole(1, size));
    this.#constants.push(message(5, ...dims, whole(2, type), string(8, name), block(9, [...data])));
    return name;
  }

  /** The name of the operation's result. */
  op(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = `t${this.#count++}`,
  ): string {
    const named = inputs.map((name) => string(1, name));
    const given = Object.entries(attributes).map(([name, value]) => attribute(name, value));
    this.#nodes.push(message(1, ...named, string(2, output), string(4, type), ...given));
    return output;
  }

  finish(): Uint8Array<ArrayBuffer> {
    const graph = message(
      7,
      ...this.#nodes,
      string(2, 'graph'),
      ...this.#constants,
      ...this.#inputs,
      ...this.#outputs,
    );
    return Uint8Array.from([...whole(1, 8), ...graph, ...message(8, string(1, ''), whole(2, 17))]);
  }
}

function valueInfo(name: string, shape: readonly number[]): Bytes[] {
  const dims = message(2, ...shape.map((size) => message(1, whole(1, size))));
  return [string(1, name), message(2, message(1, whole(1, FLOAT), dims))];
}

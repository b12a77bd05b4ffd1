/**
 * The binary format of a WebAssembly module, as much of it as plans need: LEB128 numbers, sections and
 * functions (WebAssembly Core Specification 2.0, chapter 5). No other file knows the layout.
 */

export const valueType = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueType;

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A number without sign, in seven bits a byte; after the bytes that are given. */
export function unsigned(value: number, bytes: number[] = []): number[] {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

/** A number with sign that fits 32 bits, in seven bits a byte; after the bytes that are given. */
export function signed(value: number, bytes: number[] = []): number[] {
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const list = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const typeList = (types: string): number[] =>
  list((types.match(/\w+/g) ?? []).map((type) => [valueType[type as ValueType]]));
const named = (name: string): number[] => list([...name].map((c) => [c.charCodeAt(0)]));

/** Sections by their number in the format; functions keep the order in which they were added. */
export class ModuleBuilder {
  /** Each as its types are written: `i32,i32>v128`. */
  readonly #types: string[] = [];
  readonly #imports: number[][] = [];
  readonly #functions: number[] = [];
  readonly #bodies: ArrayLike<number>[] = [];
  readonly #exports: number[][] = [];
  #importedFunctions = 0;
  readonly #data: number[][] = [];

  /** The memory, of so many pages of 64 KiB. */
  importMemory(module: string, name: string, pages: number, shared: boolean): void {
    const limits = [shared ? 0x03 : 0x01, ...unsigned(pages), ...unsigned(pages)];
    this.#imports.push([...named(module), ...named(name), 0x02, ...limits]);
  }

  /** The function's index. Imports come before all functions of the module's own. */
  importFunction(module: string, name: string, signature: Signature): number {
    this.#imports.push([...named(module), ...named(name), 0x00, ...unsigned(this.type(signature))]);
    return this.#importedFunctions++;
  }

  /** The function's index; `body` holds its locals and instructions. */
  addFunction(signature: Signature, body: ArrayLike<number>): number {
    this.#functions.push(this.type(signature));
    this.#bodies.push(body);
    return this.#importedFunctions + this.#functions.length - 1;
  }

  exportFunction(name: string, index: number): void {
    this.#exports.push([...named(name), 0x00, ...unsigned(index)]);
  }

  /** Bytes that memory holds at an address when the module is instantiated. */
  data(address: number, bytes: Uint8Array): void {
    if (bytes.length > 0)
      this.#data.push([0x00, 0x41, ...signed(address | 0), 0x0b, ...unsigned(bytes.length), ...bytes]);
  }

  /** The index of a signature in the type section. */
  type({ params, results }: Signature): number {
    const key = `${params}>${results}`;
    const found = this.#types.indexOf(key);
    return found >= 0 ? found : this.#types.push(key) - 1;
  }

  /** The module; `table` lists the functions that can be called by their position in it. */
  finish(table: readonly number[]): Uint8Array<ArrayBuffer> {
    const types = this.#types.map((key) => [0x60, ...key.split('>').flatMap(typeList)]);
    const head = [
      [1, list(types)],
      [2, list(this.#imports)],
      [3, list(this.#functions.map((type) => unsigned(type)))],
      [4, list([[0x70, 0x01, ...unsigned(table.length), ...unsigned(table.length)]])],
      [7, list(this.#exports)],
      // One active segment: the table's functions from position 0.
      [9, list([[0x00, 0x41, 0x00, 0x0b, ...list(table.map((index) => unsigned(index)))]])],
    ] as const;
    const parts: ArrayLike<number>[] = [[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]];
    for (const [id, bytes] of head) parts.push([id, ...unsigned(bytes.length)], bytes);

    const count = unsigned(this.#bodies.length);
    const sizes = this.#bodies.map((body) => unsigned(body.length));
    const total = this.#bodies.reduce(
      (sum, body, i) => sum + body.length + (sizes[i] as number[]).length,
      count.length,
    );
    parts.push([10, ...unsigned(total), ...count]);
    for (const [i, body] of this.#bodies.entries()) parts.push(sizes[i] as number[], body);
    const data = list(this.#data);
    parts.push([11, ...unsigned(data.length)], data);
    return join(parts);
  }
}

function join(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

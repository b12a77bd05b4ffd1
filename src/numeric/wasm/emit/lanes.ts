/**
 * Arithmetic on vectors of one precision: four float32 or two float64, lane by lane. What is written
 * with it once (an exponential, say) works for both. Opcodes are those of the specification's SIMD
 * instructions behind the prefix 0xfd; none of the relaxed ones, so every host gives the same bits.
 *
 * Comparisons give masks: all bits of a lane set, or none.
 */
import type { Dtype } from '../../../ir/plan.ts';
import { unsigned } from './binary.ts';
import type { Dag, Node } from './dag.ts';

const opcodes = {
  float32: {
    loadSplat: 0x09,
    loadLane: 0x56,
    storeLane: 0x5a,
    loadZero: 0x5c,
    eq: 0x41,
    ne: 0x42,
    lt: 0x43,
    le: 0x45,
    floor: 0x68,
    abs: 0xe0,
    neg: 0xe1,
    sqrt: 0xe3,
    add: 0xe4,
    sub: 0xe5,
    mul: 0xe6,
    div: 0xe7,
    min: 0xe8,
    max: 0xe9,
    pmin: 0xea,
    pmax: 0xeb,
    intAdd: 0xae,
    intSub: 0xb1,
    intEq: 0x37,
    shiftLeft: 0xab,
    shiftRight: 0xad,
  },
  float64: {
    loadSplat: 0x0a,
    loadLane: 0x57,
    storeLane: 0x5b,
    loadZero: 0x5d,
    eq: 0x47,
    ne: 0x48,
    lt: 0x49,
    le: 0x4b,
    floor: 0x75,
    abs: 0xec,
    neg: 0xed,
    sqrt: 0xef,
    add: 0xf0,
    sub: 0xf1,
    mul: 0xf2,
    div: 0xf3,
    min: 0xf4,
    max: 0xf5,
    pmin: 0xf6,
    pmax: 0xf7,
    intAdd: 0xce,
    intSub: 0xd1,
    intEq: 0xd6,
    shiftLeft: 0xcb,
    shiftRight: 0xcd,
  },
} as const;

/** What differs between the two formats of IEEE 754. */
const formats = {
  float32: { bytes: 4, lanes: 4, mantissaBits: 23, bias: 127 },
  float64: { bytes: 8, lanes: 2, mantissaBits: 52, bias: 1023 },
} as const;

type Opcode = keyof (typeof opcodes)['float32'];

const simd = (code: number): number[] => [0xfd, ...unsigned(code)];

const encoded = (codes: Record<Opcode, number>) =>
  Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, simd(code)])) as Record<
    Opcode,
    number[]
  >;
const instructions = { float32: encoded(opcodes.float32), float64: encoded(opcodes.float64) } as const;

const vector = new DataView(new ArrayBuffer(16));

/** The instruction for a constant vector; `put` writes it from byte `at` on, lowest byte first. */
function constant<T>(put: (value: T, at: number) => void, value: T): number[] {
  for (let at = 0; at < 16; at += 4) put(value, at);
  return [...simd(0x0c), ...new Uint8Array(vector.buffer)];
}

const putFloat32 = (value: number, at: number) => vector.setFloat32(at, value, true);
const putFloat64 = (value: number, at: number) => vector.setFloat64(at & 8, value, true);
const putInteger32 = (value: bigint, at: number) =>
  vector.setInt32(at, Number(BigInt.asIntN(32, value)), true);
const putInteger64 = (value: bigint, at: number) =>
  vector.setBigInt64(at & 8, BigInt.asIntN(64, value), true);

export class Lanes {
  readonly dag: Dag;
  readonly dtype: Dtype;
  readonly format: (typeof formats)[Dtype];

  constructor(dag: Dag, dtype: Dtype) {
    this.dag = dag;
    this.dtype = dtype;
    this.format = formats[dtype];
  }

  /** An instruction of this precision. */
  opcode(name: Opcode): readonly number[] {
    return instructions[this.dtype][name];
  }

  #op(name: Opcode, ...args: Node[]): Node {
    return this.dag.node(`${name} ${this.format.lanes}`, () => this.opcode(name), args);
  }

  /** The same number in every lane. */
  number(value: number): Node {
    const [key, put] = [
      Object.is(value, -0) ? '-0' : String(value),
      this.dtype === 'float32' ? putFloat32 : putFloat64,
    ];
    return this.dag.node(`number ${this.format.lanes} ${key}`, () => constant(put, value), [], 0, true);
  }

  /** The same integer in every lane, as wide as the lane. */
  integer(value: bigint): Node {
    const put = this.dtype === 'float32' ? putInteger32 : putInteger64;
    return this.dag.node(`integer ${this.format.lanes} ${value}`, () => constant(put, value), [], 0, true);
  }

  /** A mask of the first lanes. */
  firstLanes(count: number): Node {
    const bytes = () => Array.from({ length: 16 }, (_, i) => (i < count * this.format.bytes ? 0xff : 0));
    return this.dag.node(
      `first ${count} ${this.format.lanes}`,
      () => [...simd(0x0c), ...bytes()],
      [],
      0,
      true,
    );
  }

  add(a: Node, b: Node): Node {
    return this.#op('add', a, b);
  }
  sub(a: Node, b: Node): Node {
    return this.#op('sub', a, b);
  }
  mul(a: Node, b: Node): Node {
    return this.#op('mul', a, b);
  }
  div(a: Node, b: Node): Node {
    return this.#op('div', a, b);
  }
  neg(a: Node): Node {
    return this.#op('neg', a);
  }
  abs(a: Node): Node {
    return this.#op('abs', a);
  }
  floor(a: Node): Node {
    return this.#op('floor', a);
  }
  sqrt(a: Node): Node {
    return this.#op('sqrt', a);
  }

  /** The larger; NaN when either is. */
  max(a: Node, b: Node): Node {
    return this.#op('max', a, b);
  }
  min(a: Node, b: Node): Node {
    return this.#op('min', a, b);
  }
  /** a < b ? b : a. One instruction on most machines; keeps a NaN in a, not one in b. */
  maxKeeping(a: Node, b: Node): Node {
    return this.#op('pmax', a, b);
  }
  /** b < a ? b : a; keeps a NaN in a. */
  minKeeping(a: Node, b: Node): Node {
    return this.#op('pmin', a, b);
  }
  /** Within the bounds; NaN stays NaN. */
  clamp(x: Node, low: number, high: number): Node {
    return this.maxKeeping(this.minKeeping(x, this.number(high)), this.number(low));
  }

  eq(a: Node, b: Node): Node {
    return this.#op('eq', a, b);
  }
  ne(a: Node, b: Node): Node {
    return this.#op('ne', a, b);
  }
  lt(a: Node, b: Node): Node {
    return this.#op('lt', a, b);
  }
  le(a: Node, b: Node): Node {
    return this.#op('le', a, b);
  }

  and(a: Node, b: Node): Node {
    return this.dag.node('and', () => simd(0x4e), [a, b]);
  }
  /** a and not b. */
  andNot(a: Node, b: Node): Node {
    return this.dag.node('andNot', () => simd(0x4f), [a, b]);
  }
  or(a: Node, b: Node): Node {
    return this.dag.node('or', () => simd(0x50), [a, b]);
  }
  xor(a: Node, b: Node): Node {
    return this.dag.node('xor', () => simd(0x51), [a, b]);
  }
  /** mask ? a : b, lane by lane. */
  select(mask: Node, a: Node, b: Node): Node {
    return this.dag.node('select', () => simd(0x52), [a, b, mask]);
  }

  intAdd(a: Node, b: Node): Node {
    return this.#op('intAdd', a, b);
  }
  intSub(a: Node, b: Node): Node {
    return this.#op('intSub', a, b);
  }
  intEq(a: Node, b: Node): Node {
    return this.#op('intEq', a, b);
  }
  shiftLeft(a: Node, bits: number): Node {
    return this.#shift('shiftLeft', a, bits);
  }
  /** Fills with zeros from the left. */
  shiftRight(a: Node, bits: number): Node {
    return this.#shift('shiftRight', a, bits);
  }

  #shift(name: 'shiftLeft' | 'shiftRight', a: Node, bits: number): Node {
    return this.dag.node(`${name} ${bits} ${this.format.lanes}`, () => [0x41, bits, ...this.opcode(name)], [
      a,
    ]);
  }

  /** The sign bit of each lane. */
  signOf(a: Node): Node {
    return this.and(a, this.number(-0));
  }
  /** |size| with the sign of `sign`, for size ≥ 0. */
  withSign(size: Node, sign: Node): Node {
    return this.or(size, this.signOf(sign));
  }

  /** Horner's scheme, highest power first. */
  polynomial(x: Node, coefficients: readonly number[]): Node {
    const [first = 0, ...rest] = coefficients;
    return rest.reduce((sum, c) => this.add(this.mul(sum, x), this.number(c)), this.number(first));
  }

  /** Any bytes of two vectors; indices 0–15 are a's bytes, 16–31 b's. */
  shuffle(a: Node, b: Node, bytes: readonly number[]): Node {
    return this.dag.node(`shuffle ${bytes}`, () => [...simd(0x0d), ...bytes], [a, b]);
  }

  /**
   * The nearest whole number (ties to even), and the same as an integer in the low bits of each lane;
   * for |a| < 2^(mantissaBits − 2).
   */
  nearest(a: Node): { value: Node; bits: Node } {
    // Adding 1.5 · 2^mantissaBits leaves no bits for a fraction; the rounding is the addition's own.
    const shift = this.number(1.5 * 2 ** this.format.mantissaBits);
    const bits = this.add(a, shift);
    return { value: this.sub(bits, shift), bits };
  }

  /** a · 2^n for whole n, where 2^n itself may be out of range: in two halves, of which one may round. */
  scaleByPowerOfTwo(a: Node, n: Node): Node {
    const half = this.nearest(this.mul(n, this.number(0.5)));
    const rest = this.nearest(this.sub(n, half.value));
    return this.mul(this.mul(a, this.#powerOfTwo(half.bits)), this.#powerOfTwo(rest.bits));
  }

  /** 2^n from the low bits of a lane, for |n| below the exponent's bias. */
  #powerOfTwo(bits: Node): Node {
    return this.shiftLeft(
      this.intAdd(bits, this.integer(BigInt(this.format.bias))),
      this.format.mantissaBits,
    );
  }
}

const range = (from: number) => Array.from({ length: 8 }, (_, i) => from + i);

/** Applies a float64 function to float32 lanes: two halves there and back, rounded once. */
export function throughDouble(
  lanes: Lanes,
  args: readonly Node[],
  f: (double: Lanes, ...args: Node[]) => Node,
): Node {
  const double = new Lanes(lanes.dag, 'float64');
  const promote = (a: Node) => lanes.dag.node('promote', () => simd(0x5f), [a]);
  const demote = (a: Node) => lanes.dag.node('demote', () => simd(0x5e), [a]);
  const upper = (a: Node) => lanes.shuffle(a, a, [...range(8), ...range(8)]);
  const low = f(double, ...args.map(promote));
  const high = f(double, ...args.map((a) => promote(upper(a))));
  return lanes.shuffle(demote(low), demote(high), [...range(0), ...range(16)]);
}

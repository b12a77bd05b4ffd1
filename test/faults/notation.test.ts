/**
 * One notation, one meaning: what an expression, a pattern or a file of numbers says here is what it says in
 * NumPy, PyTorch and einops. Found beside the first cases: labels beyond ASCII sort by code point and not by
 * UTF-16 unit; a repeated index on one operand was broadcast (NumPy refuses); `...` in a Contract node did not
 * stretch an axis of one; sizes of a pattern that stand twice, or for no index of it, were lowered all the same;
 * `...` on the output alone was refused.
 * Values: numpy 2.4 on the same numbers, unless another source is named.
 */
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { type Diagnostic, isError } from '../../src/base/diagnostic.ts';
import type { AnyNodeDefinition } from '../../src/catalogue/define.ts';
import { fieldsOf } from '../../src/catalogue/fields.ts';
import { catalogue } from '../../src/catalogue/index.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { axes, sketch } from '../../src/compiler/explain/sketches.ts';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, compile, createChecker } from '../../src/compiler/index.ts';
import { readNpy, writeNpy } from '../../src/datasets/formats/npy.ts';
import { exampleGraph } from '../support/example-graph.ts';

const float32 = (shape: number[], ...data: number[]) => writeNpy({ shape, data: Float32Array.from(data) });
const range = (...shape: number[]) => float32(shape, ...Array(shape.reduce((p, n) => p * n, 1)).keys());

/** A file by its header and its elements, for what writeNpy does not write. */
function npy(descr: string, shape: string, elements: readonly number[]): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));
  return Uint8Array.from([0x93, ...ascii('NUMPY'), 1, 0, header.length, 0, ...ascii(header), ...elements]);
}

const binaries = {
  A: range(2, 3),
  cube: range(2, 3, 4),
  c: float32([], 3),
  column: range(4, 1),
  row: range(1, 2),
  wide: range(4, 2),
  none: float32([0, 3]),
  v: float32([3], 1, 2, 3),
  i0: float32([2, 0]),
  o4: float32([0, 4]),
  one: float32([1, 3], 1, 2, 3),
  // np.ones((2, 3), float16) and np.arange(3, dtype=float16)
  halves: npy('<f2', '(2, 3)', Array(6).fill([0, 0x3c]).flat()),
  half: npy('<f2', '(3,)', [0, 0, 0, 0x3c, 0, 0x40]),
};
const einsum = async (expression: string, files: string, more: Readonly<Record<string, Uint8Array>> = {}) =>
  tensorloom(['einsum', expression, ...files.split(' '), '--json'], { binaries: { ...binaries, ...more } });

describe('the command einsum means what numpy.einsum means', () => {
  it.each<[string, string, string, number[], number[]]>([
    ['an implicit output is sorted', 'ba', 'A', [3, 2], [0, 3, 1, 4, 2, 5]],
    ['… after what `...` stands for', 'b...', 'A', [3, 2], [0, 3, 1, 4, 2, 5]],
    ['an implicit product', 'kj,ji', 'A v2', [2, 2], [10, 28, 13, 40]],
    ['`...` of no axes on the output', 'ij->...ji', 'A', [3, 2], [0, 3, 1, 4, 2, 5]],
    ['capitals first', 'aB', 'A', [3, 2], [0, 3, 1, 4, 2, 5]],
    ['a scalar', '->', 'c', [], [3]],
    ['a scalar, with blanks', ' -> ', 'c', [], [3]],
    ['a named axis of one', 'ab,ab->ab', 'column wide1', [4, 2], [0, 0, 2, 3, 8, 10, 18, 21]],
    ['a named axis of one on either side', 'ab,ab->ab', 'column row', [4, 2], [0, 0, 0, 1, 0, 2, 0, 3]],
    ['a sum over an axis of one', 'ij,jk->ik', 'column wide2', [4, 2], [0, 0, 6, 9, 12, 18, 18, 27]],
    ['nothing along an open index', 'ij,j->i', 'none v', [0], []],
    ['nothing to sum', 'ij,jk->ik', 'i0 o4', [2, 4], [0, 0, 0, 0, 0, 0, 0, 0]],
    ['nothing to sum at all', 'ij->', 'none', [], [0]],
    ['an axis of one beside none', 'ij,ij->ij', 'none one', [0, 3], []],
    ['float16', 'ij,j->i', 'halves half', [2], [3, 3]],
  ])('%s: %s', async (_, expression, files, shape, data) => {
    const more = { v2: range(3, 2), wide1: range(4, 2), wide2: range(3, 2) };
    const { code, err, json } = await einsum(expression, files, more);
    expect([code, err]).toEqual([0, '']);
    expect(json()).toMatchObject({ shape, data, dtype: 'float32' });
  });

  it('writes an array without elements as NumPy does', async () => {
    const line = ['einsum', 'ij,j->i', 'none', 'v', '-o', 'C'];
    const { code, binaries: written } = await tensorloom(line, { binaries });
    expect(code).toBe(0);
    expect(readNpy(written.C as Uint8Array)).toEqual({ value: { shape: [0], data: new Float32Array() } });
    expect((await tensorloom('einsum ij,j->i none v', { binaries })).out).toContain('[] (0)');
  });

  it('refuses zeros beyond the memory that is allowed', async () => {
    const far = { far: npy('<f4', '(100000, 0)', []) };
    const { code, json } = await einsum('ij,kj->ik', 'far far', far);
    expect([code, json().diagnostics[0]?.code]).toEqual([1, 'out-of-memory']);
  });

  it.each([
    // numpy: "dimensions in operand 0 for collapsing index 'i' don't match (1 != 3)"
    ['a diagonal of 1 × 3', 'ii->i', 'one', 'size-conflict'],
    ['0 against 3', 'ij,jk->ik', 'none o4', 'size-conflict'],
    ['3 against 2', 'ij,kj->ik', 'A wide', 'size-conflict'],
  ])('refuses %s', async (_, expression, files, code) => {
    const finished = await einsum(expression, files);
    expect(finished.code).toBe(1);
    expect(finished.json().diagnostics.map((d) => d.code)).toEqual([code]);
  });

  it.each([
    ['complex64', npy('<c8', '(1,)', Array(8).fill(0)), 'a.real'],
    ['complex128', npy('<c16', '(1,)', Array(16).fill(0)), 'a.real'],
    ['float128', npy('<f16', '(1,)', Array(16).fill(0)), 'astype("float64")'],
    ['objects', npy('|O', '(1,)', Array(8).fill(0)), 'astype("float32")'],
    ['strings', npy('<U3', '(1,)', Array(12).fill(0)), 'astype("float32")'],
    ['dates', npy('<M8[s]', '(1,)', Array(8).fill(0)), 'astype("float32")'],
    ['bfloat16', npy('<V2', '(1,)', Array(2).fill(0)), 'astype("float32")'],
    ['an archive', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), '.npz'],
  ])('refuses %s with what to do', async (_, file, cure) => {
    const { code, json } = await einsum('i->i', 'x', { x: file });
    const [told] = json().diagnostics;
    expect([code, told?.code]).toEqual([1, 'tensor-file']);
    expect(told?.remedy).toContain(cure);
  });
});

describe('a file of another kind is called by its name', () => {
  const ascii = (words: string) => [...words].map((c) => c.charCodeAt(0));
  it.each([
    ['a PNG image', [0x89, ...ascii('PNG\r\n'), 26, 10, 0, 0]],
    ['a JPEG image', [0xff, 0xd8, 0xff, 0xe0, 0, 16, ...ascii('JFIF'), 0]],
    ['a GIF image', ascii('GIF89a')],
    ['a PDF', ascii('%PDF-1.7')],
    ['a ZIP archive', [0x50, 0x4b, 3, 4]],
    ['a gzip archive', [0x1f, 0x8b, 8, 0]],
    ['an HDF5 file', [0x89, ...ascii('HDF\r\n')]],
    ['a NumPy array', [0x93, ...ascii('NUMPY'), 1, 0]],
    ['a web page', ascii('<!DOCTYPE html><html>')],
    ['an XML or SVG file', ascii('<svg xmlns="http://www.w3.org/2000/svg">')],
  ])('%s is not a truncated download', async (kind, bytes) => {
    for (const command of ['check', 'path']) {
      const x = Uint8Array.from(bytes);
      const { code, out } = await tensorloom(`${command} x`, { binaries: { x } });
      expect([code, out.includes(kind)]).toEqual([1, true]);
      expect(out).not.toMatch(/truncated|download/);
      // The page reads files as text, in which U+FFFD stands for what is none.
      const [told] = parseGraph(new TextDecoder().decode(x)).diagnostics;
      expect(told?.message.en).toContain(kind);
      expect(told?.remedy.en).not.toMatch(/truncated|download/);
    }
  });

  it('what is cut off is said to be', async () => {
    const { out } = await tensorloom('check x', { files: { x: '{"format": "tensorloom"' } });
    expect(out).toMatch(/truncated[\s\S]*remedy: Copy or download the file again: its end is missing/);
  });

  it('what was edited by hand is not', async () => {
    const { out } = await tensorloom('check x', { files: { x: '{"format": "tensorloom",, "version": 3}' } });
    expect(out).toMatch(/unexpected "," at line 1, column 25/);
    expect(out).not.toMatch(/truncated|download/);
  });
});

describe('a bare network', () => {
  const path = (network: object, mark = '') =>
    tensorloom('path n --json', { files: { n: mark + JSON.stringify(network) } });

  it.each(['', '\ufeff', '\ufeff\ufeff'])('is read behind byte order marks (%j)', async (mark) => {
    const { json } = await path({ inputs: ['ij', 'jk'], output: 'ik', sizes: { i: 2, j: 3, k: 4 } }, mark);
    expect(json()).toMatchObject({ ok: true, ssa_path: [[0, 1]] });
    expect(json().log10_flops).toBeCloseTo(Math.log10(24), 12);
  });
});

describe('a bare network is told', () => {
  const path = async (network: object) =>
    (await tensorloom('path n', { files: { n: JSON.stringify(network) } })).out;

  it('that an index stands twice on its output', async () => {
    const { code, json } = await tensorloom('path n --json', {
      files: { n: JSON.stringify({ inputs: ['ij'], output: 'ii', sizes: { i: 2, j: 3 } }) },
    });
    expect([code, json().diagnostics[0]?.message]).toEqual([1, 'output: "i" stands twice.']);
  });

  it('what one tensor comes to', async () => {
    const out = await path({ inputs: ['ij'], output: 'i', sizes: { i: 2, j: 3 } });
    expect(out).toContain('1 tensor, nothing to contract');
    expect(out).toContain('largest tensor 2, most alive 2 elements');
  });

  it('of one step in the singular', async () => {
    const out = await path({ inputs: ['ij', 'jk'], output: 'ik', sizes: { i: 2, j: 3, k: 4 } });
    expect(out).toContain('2 tensors, 1 step, found by');
  });
});

it('two sizes under one name stay a mistake on the canvas', () => {
  const nodes = {
    a: { type: 'tensor', params: { axes: axes('a 4, b 1'), fill: 'range' } },
    b: { type: 'tensor', params: { axes: axes('a 1, b 2'), fill: 'range' } },
    c: { type: 'contract', params: { expression: 'ab,ab->ab' } },
  };
  const told = check(sketch(nodes, ['a.out > c.a', 'b.out > c.b'])).diagnostics.filter(isError);
  expect(told.map((d) => `${d.code} ${d.axis}`)).toEqual(['size-conflict a', 'size-conflict b']);
});

describe('patterns follow einops', () => {
  const x = { type: 'tensor', params: { axes: axes('b 2, h 3'), fill: 'range' } };
  const graph = (pattern: string, sizes: readonly object[] = []) =>
    sketch({ x, r: { type: 'rearrange', params: { pattern, sizes: sizes as never } } }, ['x.out > r.x']);

  // einops 0.8: rearrange(np.arange(6).reshape(2, 3), pattern).
  it.each([
    ['b h -> b h 1', 'b 2, h 3, one 1'],
    ['b h -> 1 b 1 h', 'one 1, b 2, one2 1, h 3'],
    ['b h -> (1 b h)', 'bh 6'],
    ['b h -> () b h', 'one 1, b 2, h 3'],
  ])('%s gives %s', (pattern, shape) => {
    const { nodes, diagnostics } = check(graph(pattern));
    expect(diagnostics.filter(isError)).toEqual([]);
    expect(nodes.r?.outputTypes.y?.axes.map((a) => `${a.name} ${a.size}`).join(', ')).toBe(shape);
  });

  it('1 on the left takes an axis of one away, and no other', () => {
    const told = (size: number) => {
      const column = { type: 'tensor', params: { axes: axes(`b 2, c ${size}`), fill: 'range' } };
      const r = { type: 'rearrange', params: { pattern: 'b 1 -> b' } };
      return check(sketch({ column, r }, ['column.out > r.x']))
        .diagnostics.filter(isError)
        .map((d) => d.code);
    };
    expect([told(1), told(3)]).toEqual([[], ['size-conflict']]);
  });

  it.each([
    ['bh->hb', 'b h -> h b'],
    ['bh -> h b', 'b h -> h b'],
    ['b,h -> h,b', 'b h -> h b'],
  ])('%s is told with blanks, and they are offered', (pattern, meant) => {
    const document = graph(pattern);
    const checked = check(document);
    const [told] = checked.diagnostics.filter(isError);
    expect(told?.code).toBe('bad-pattern');
    expect(told?.remedy.en).toContain(meant);
    expect(told?.remedy.en).not.toContain('ij,jk->ik');
    const [fix] = fixesFor(document, checked, told as Diagnostic, createChecker());
    expect(fix?.edits).toEqual([{ edit: 'setParam', node: 'r', key: 'pattern', value: meant }]);
  });

  it('a name of two letters where two axes are is read letter by letter in the fix', () => {
    const document = graph('bh->(bh)1');
    const checked = check(document);
    const [told] = checked.diagnostics.filter(isError);
    expect(told?.code).toBe('rank-mismatch');
    const [fix] = fixesFor(document, checked, told as Diagnostic, createChecker());
    expect(fix?.edits).toEqual([{ edit: 'setParam', node: 'r', key: 'pattern', value: 'b h -> (b h) 1' }]);
  });

  it.each([
    ['b h -> b', 'to sum over it use a Contract'],
    ['b h -> b h r', 'of new axes there is only 1'],
    ['b h -> b h 2', 'give the axis a name'],
    ['b h', 'one arrow'],
    ['ij,jk -> ik', 'several are multiplied by a Contract'],
  ])('%s is told by what it asks for', (pattern, message) => {
    expect(check(graph(pattern)).diagnostics.find(isError)?.message.en).toContain(message);
  });

  it('sizes that no index has are told, those that stand twice refused, and neither throws', () => {
    const told = (pattern: string, sizes: readonly object[]) => {
      const document = graph(pattern, sizes);
      compile(document);
      return check(document).diagnostics.map((d) => `${d.code} ${d.param}`);
    };
    const n = { name: 'c', size: 'n' };
    expect(told('b h -> h b', [n])).toEqual(['size-unused sizes', 'unknown-dim sizes']);
    expect(told('b h -> h b', [{ name: 'c', size: 7 }])).toEqual(['size-unused sizes']);
    expect(
      told('b (h w) -> h w b', [
        { name: 'h', size: 3 },
        { name: 'h', size: 1 },
      ]),
    ).toEqual(['bad-param sizes']);
    expect(told('b h -> h b', [{ name: 'h', size: 'n' }])).toEqual(['unknown-dim sizes']);
  });
});

/** Parameters of a type that hold sizes, each with a name in it that is declared nowhere. */
const undeclaredIn = (definition: AnyNodeDefinition, params: Readonly<Record<string, unknown>>) =>
  fieldsOf(definition).flatMap(({ key, kind, widget }): [string, unknown][] => {
    const own = (params[key] ?? []) as readonly unknown[];
    if (widget === 'axes') return [[key, [...own, { name: 'spare', size: 'nowhere' }]]];
    // Padding is a number or a word, no size.
    return kind === 'size' && key !== 'padding' ? [[key, 'nowhere']] : [];
  });

it('a name that is declared nowhere is told in every size of every node type, used or not', () => {
  let asked = 0;
  for (const definition of catalogue)
    for (const example of definition.examples) {
      const document = exampleGraph(definition, example);
      const [id, node] = Object.entries(document.nodes).find(([, { type }]) => type === definition.type)!;
      for (const [key, value] of undeclaredIn(definition, example.params ?? {})) {
        asked++;
        const params = { ...node.params, [key]: value as never };
        const changed = { ...document, nodes: { ...document.nodes, [id]: { ...node, params } } };
        const told = check(changed).diagnostics.map((d) => d.code);
        expect(told, `${definition.type} ${key}`).toContain('unknown-dim');
        expect(() => compile(changed)).not.toThrow();
      }
    }
  expect(asked).toBeGreaterThan(30);
});

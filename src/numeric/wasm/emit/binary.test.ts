import { describe, expect, it } from 'vitest';
import { ModuleBuilder, signed, unsigned } from './binary.ts';
import { CodeBuilder } from './code.ts';

describe('LEB128', () => {
  it.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %i without sign', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });

  it.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-1, [0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('writes %i with sign', (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
  });
});

describe('a module', () => {
  it('runs loops, calls through its table and reaches its imports', () => {
    const module = new ModuleBuilder();
    const nothing = { params: [], results: [] } as const;
    const heard: number[] = [];
    const hear = module.importFunction('host', 'hear', { params: ['i32'], results: [] });
    const steps = [3, 300].map((count) => {
      const code = new CodeBuilder();
      const sum = code.local('i32');
      code.repeat(count, () => code.advance(sum, 2));
      code.repeatInBlocks(
        count,
        100,
        () => code.advance(sum, 1000),
        () => code.advance(sum, -1),
        () => code.advance(sum, 100_000),
      );
      return module.addFunction(nothing, code.get(sum).call(hear).finish());
    });
    const run = new CodeBuilder(1).get(0).raw([0x11, module.type(nothing), 0x00]);
    module.exportFunction('run', module.addFunction({ params: ['i32'], results: [] }, run.finish()));
    const host = { hear: (value: number) => heard.push(value) };
    const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish(steps)), { host });
    for (const i of [1, 0]) (instance.exports.run as (i: number) => void)(i);
    // 2·count − count, and 101 000 for each block that was begun.
    expect(heard).toEqual([300 + 3 * 101_000, 3 + 101_000]);
  });
});

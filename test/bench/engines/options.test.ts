import { expect, it } from 'vitest';
import { parseOptions } from './options.ts';

it('asks for everything by default', () => {
  const { only, ...rest } = parseOptions([]);
  expect(only).toEqual(
    expect.arrayContaining([
      'mlp-small',
      'transformer',
      'compile-transformer-12',
      'compile-transformer-48',
      'compile-recurrence-1000',
    ]),
  );
  expect(rest).toEqual({ milliseconds: 1500, json: false, trace: false, host: 'node', against: undefined });
});

it('takes a list of names', () => {
  expect(parseOptions(['--only', 'hnn,cnn', '--json']).only).toEqual(['hnn', 'cnn']);
});

it.each([
  [['--only', 'gnn'], 'there is no workload gnn'],
  [['--ms', 'soon'], '--ms takes a number'],
  [['--host', 'moon'], '--host takes node or chromium'],
])('refuses %j', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});

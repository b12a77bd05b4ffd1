/**
 * The kind: text that a user, a file or another program wrote is shown as text. Names with control sequences set the
 * terminal's title, cleared it or hid what followed, and a line break in a name forged a diagnostic. Found of the same
 * kind: file names and words of the command line in messages; names of tensors in a state; labels of a bare network;
 * `--json`, whose strings still held 8-bit controls and reversed text; the page, whose cards, titles and messages turned
 * with a label that turns the direction of writing.
 */
import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../graph-schema/document.ts';
import { catalogue, registryOf } from '../../src/catalogue/index.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { titleOf } from '../../src/ui/parts/node-title.ts';

const ESC = '\u001b';
/** A title, a cleared screen, red text, a link, 8-bit controls, reversed text, and a forged line. */
const hostile = `${ESC}]0;owned\u0007${ESC}[2J${ESC}[31mR${ESC}]8;;http://evil\u0007\u009b2J\u202eD\r\nok: 0 errors`;
/** All that a terminal may receive beside text: ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there.
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const graph = JSON.stringify({
  format: 'tensorloom',
  version: 1,
  name: hostile,
  nodes: {
    [`a${hostile}`]: { type: `no${hostile}`, label: hostile, params: {} },
    b: { type: 'mse', label: `a\nerror fake\n${hostile}`, params: {} },
    t: { type: 'tensor', label: hostile, params: { axes: [{ name: hostile, size: 2 }], fill: hostile } },
    u: { type: 'tensor', params: { axes: [{ name: 'i', size: 2 }] } },
    [`p${hostile}`]: { type: 'probe', label: hostile },
  },
  edges: {
    [`e${hostile}`]: { from: { node: 'u', port: 'out' }, to: { node: `p${hostile}`, port: 'x' } },
    [`f${hostile}`]: { from: { node: `gone${hostile}`, port: hostile }, to: { node: 'b', port: hostile } },
  },
});
/** The same without what is wrong in it: it runs. */
const sound = JSON.stringify({
  ...JSON.parse(graph),
  nodes: Object.fromEntries(
    Object.entries(JSON.parse(graph).nodes).filter(([id]) => id === 'u' || id.startsWith('p')),
  ),
  edges: Object.fromEntries(Object.entries(JSON.parse(graph).edges).filter(([id]) => id.startsWith('e'))),
});
const network = JSON.stringify({
  inputs: [
    [hostile, 'b'],
    ['b', 'c'],
  ],
  output: [hostile, 'c'],
  sizes: { [hostile]: 2, b: 3, c: 4 },
});

const world = { files: { 'g.json': graph, 's.json': sound, 'n.json': network, [hostile]: '{' } };

describe('what reaches the terminal', () => {
  it.each([
    ['check', 'g.json'],
    ['run', 'g.json'],
    ['plan', 'g.json'],
    ['check', 's.json'],
    ['run', 's.json'],
    ['plan', 's.json'],
    ['path', 'n.json'],
    ['export', 'g.json', '--to', 'json'],
    ['migrate', 'g.json', '-o', '-'],
    ['migrate', 'g.json', '-o', hostile],
    ['check', hostile],
    ['check', `no ${hostile}`],
    ['check', 'g.json', `--${hostile}`],
    ['check', 'g.json', hostile],
    ['new', hostile],
    ['explain', hostile],
    ['run', 'g.json', '--seed', hostile],
    ['predict', 's.json', '-i', hostile],
    ['einsum', `${hostile}->`, hostile],
    ['einsum', 'i->', hostile],
    [hostile],
  ])('%j holds no control', async (...command) => {
    for (const args of [command, [...command, '--json']]) {
      const { out, err } = await tensorloom(args, world);
      expect(out + err).not.toBe('');
      expect(out).not.toMatch(raw);
      expect(err).not.toMatch(raw);
      // A line of ours never begins as a name says.
      expect(out + err).not.toMatch(/^(ok: 0 errors|error fake)/m);
    }
  });

  it('is escaped, not left out, and means the same in JSON', async () => {
    const { out } = await tensorloom('check g.json', world);
    expect(out).toContain('\\u001b]0;owned\\u0007\\u001b[2J\\u001b[31mR');
    expect(out).toContain('\\u202eD\\r\\nok: 0 errors');
    expect((await tensorloom('check g.json --json', world)).json().name).toBe(hostile);
    expect(JSON.parse((await tensorloom('export g.json --to json', world)).out).name).toBe(hostile);
  });

  it('keeps colours and the live line in a terminal', async () => {
    const { out } = await tensorloom('check g.json', { ...world, terminal: true });
    expect(out).toContain(`${ESC}[31merror${ESC}[0m unknown-type`);
    expect(out.replaceAll(`${ESC}[31merror${ESC}[0m`, '')).not.toMatch(raw);
  });
});

describe('what the page shows', () => {
  it('titles of nodes have nothing hidden', () => {
    const registry = registryOf(emptyDocument('g'));
    const { type } = catalogue[0]!;
    for (const node of [
      { type, params: {}, label: hostile },
      { type: hostile, params: {} },
    ])
      expect(titleOf(hostile, node, registry, 'en')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

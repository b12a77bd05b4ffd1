import { zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/serialize.ts';
import { graph } from '../../../test/support/graphs.ts';
import { writeNpy } from '../../datasets/formats/npy.ts';
import { readNpz } from '../../datasets/formats/read-npz.ts';
import { tensorloom, type World } from '../fake-io.test-support.ts';

/** Two kinds of flowers that one number tells apart; semicolons, decimal commas, a broken line and a gap. */
const rows = Array.from({ length: 60 }, (_, r) => {
  const kind = r % 3 === 0;
  const size = ((kind ? 50 : 10) + (r % 7)).toFixed(1).replace('.', ',');
  return `${size};${r % 2 ? 'hill' : 'shore'};${kind ? 'lily' : 'daisy'}`;
});
const csv = `\ufeffpetal;place;kind\r\n${rows.slice(0, 30).join('\r\n')}\r\n"oops\r\n;hill;lily\r\n${rows.slice(30).join('\r\n')}\r\n`;

const classifier = (data: GraphDocument['data'], node: GraphDocument['nodes'][string]) =>
  serialize({
    ...graph(
      {
        flowers: { type: node.type, params: node.params },
        scores: { type: 'linear', params: { units: 2, name: 'c' } },
        loss: { type: 'cross-entropy' },
        accuracy: { type: 'accuracy' },
        adam: { type: 'adam', params: { rate: 0.05 } },
        seen: { type: 'probe' },
      },
      [
        'flowers.x > scores.x',
        'scores.y > loss.logits',
        'flowers.y > loss.target',
        'scores.y > accuracy.logits',
        'flowers.y > accuracy.target',
        'loss.loss > adam.loss',
        'scores.y > seen.x',
      ],
      { B: 8 },
    ),
    ...(data && { data }),
  });

async function imported(command: string, world: World) {
  const done = await tensorloom(`${command} --json`, world);
  expect(done.json().diagnostics).toEqual([]);
  const document = JSON.parse(done.files['g.json'] ?? '{}') as GraphDocument;
  return { json: done.json(), document, done };
}
async function trained() {
  const { document } = await imported('data flowers.csv --into g.json', { files: { 'flowers.csv': csv } });
  const text = classifier(document.data, document.nodes.flowers as GraphDocument['nodes'][string]);
  const files = { 'flowers.csv': csv, 'g.json': text };
  const run = await tensorloom('run g.json --steps 200 --save w --json', { files });
  expect(run.json().diagnostics).toEqual([]);
  return { document, files, run, weights: run.binaries.w as Uint8Array };
}

describe('data', () => {
  it('looks at a table: kinds, gaps, lines that are broken', async () => {
    const { code, out } = await tensorloom('data flowers.csv', { files: { 'flowers.csv': csv } });
    expect(code).toBe(0);
    expect(out.replace(/ {2,}/g, '  ')).toBe(
      [
        'petal  number  10 … 56, mean 26.233  1 missing',
        'place  class  hill (31), shore (30)',
        'kind  class  daisy (40), lily (21)',
        'target: kind',
        '1 rows with gaps are left out',
        '1 broken lines are left out',
        '  line 32: a quote is not closed, or more stands behind it',
        '60 rows: x [60, 3]; y [60], 2 classes',
        '',
      ].join('\n'),
    );
  });

  it('gives it to a graph, whole: checksum, columns, class names, how to read it', async () => {
    const { document } = await imported('data flowers.csv --into g.json', { files: { 'flowers.csv': csv } });
    expect(document.data?.flowers).toMatchObject({
      rows: 60,
      columns: {
        x: { shape: [3], axes: ['f'] },
        y: { shape: [], classes: 2, names: ['daisy', 'lily'] },
      },
      source: { kind: 'file', path: 'flowers.csv', format: 'table' },
    });
    expect(document.nodes.flowers?.params).toMatchObject({ splitBy: 'stratified', normalise: 'standard' });
    const { code, json } = await tensorloom('check g.json --json', {
      files: { 'g.json': serialize(document) },
    });
    expect([code, json().diagnostics]).toEqual([0, []]);
  });

  it('trains on it, and predicts raw rows by their names, and names the classes', async () => {
    const { files, run, weights } = await trained();
    expect((run.json().metrics as { testAccuracy: number }).testAccuracy).toBe(1);
    const world = {
      files: { ...files, 'new.csv': 'place,petal\nhill,12.5\nshore,51\n' },
      binaries: { w: weights },
    };
    const predicted = await tensorloom('predict g.json --from w --input flowers.x=new.csv --json', world);
    expect(predicted.json()).toMatchObject({
      diagnostics: [],
      outputs: { 'seen.x': { shape: [2, 2], classes: ['daisy', 'lily'] } },
    });
    const shown = await tensorloom('predict g.json --from w --input flowers.x=new.csv', world);
    expect(shown.out).toContain('classes: daisy, lily');
  });

  it.each([
    ['place;petal\nhill;x\n', '“x” in line 2 is nothing that “petal” was in training'],
    ['place;petal\nmoon;1\n', '“moon” in line 2 is nothing that “place” was in training'],
    ['place;petal\nhill;\n', '“petal” is missing in line 2'],
    ['place\nhill\n', 'it has no column “petal”'],
    ['place;petal\n', 'it has no rows'],
  ])('rows that cannot be are told: %j', async (text, detail) => {
    const { files, weights } = await trained();
    const world = { files: { ...files, 'new.csv': text }, binaries: { w: weights } };
    const { code, json } = await tensorloom(
      'predict g.json --from w --input flowers.x=new.csv --json',
      world,
    );
    expect(code).toBe(1);
    expect(json().diagnostics).toMatchObject([
      { code: 'tensor-file', message: `new.csv cannot be read: ${detail}.` },
    ]);
  });

  it('a bundle holds graph, data and weights, and runs as the graph does, to the bit', async () => {
    const { files, run, weights } = await trained();
    const { binaries, json } = await tensorloom('bundle g.json --from w -o all.tensorloom --json', {
      files,
      binaries: { w: weights },
    });
    expect(json()).toMatchObject({ files: ['flowers.csv'], weights: true });
    const alone = await tensorloom('run all.tensorloom --steps 200 --json', { binaries });
    expect(alone.json().diagnostics).toEqual([]);
    expect(alone.json().metrics).toEqual(run.json().metrics);
  });

  it('what has changed since is told before it is bundled', async () => {
    const { files } = await trained();
    const changed = { ...files, 'flowers.csv': csv.replace('10,0', '11,0') };
    const { code, json } = await tensorloom('bundle g.json -o all.tensorloom --json', { files: changed });
    expect([code, json().diagnostics[0]?.code]).toEqual([1, 'data-changed']);
  });

  it('columns are chosen; those that are not there are told', async () => {
    const files = { 'flowers.csv': csv };
    const { document } = await imported(
      'data flowers.csv --into g.json --target petal --as kind=ignored --missing mean --name sizes',
      { files },
    );
    expect(document.data?.sizes).toMatchObject({ columns: { x: { shape: [2] }, y: { shape: [1] } } });
    const { json } = await tensorloom('data flowers.csv --target size --json', { files });
    expect(json().diagnostics).toMatchObject([{ code: 'tensor-file' }]);
    expect((await tensorloom('data flowers.csv --as petal=colour', { files })).code).toBe(2);
  });

  it('takes arrays and texts', async () => {
    const x = writeNpy({ shape: [4, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    const arrays = await imported('data x.npy --into g.json', { binaries: { 'x.npy': x } });
    expect(arrays.document.data?.x).toMatchObject({ rows: 4, columns: { x: { shape: [2] } } });
    const text = await imported('data t.txt --into g.json --length 3', { files: { 't.txt': 'abcabcab' } });
    expect(text.document.data?.t).toMatchObject({
      rows: 2,
      columns: { x: { shape: [3], classes: 3, names: ['a', 'b', 'c'] }, y: { shape: [3] } },
    });
  });
});

describe('pictures', () => {
  const png = (width: number, height: number, ...rgba: number[]) => {
    const picture = new PNG({ width, height });
    picture.data = Buffer.from(rgba);
    return new Uint8Array(PNG.sync.write(picture));
  };
  const [red, white, clear] = [
    [255, 0, 0, 255],
    [255, 255, 255, 255],
    [0, 0, 0, 0],
  ] as const;

  it('in folders of an archive become bytes of one size, classes by folder', async () => {
    const archive = zipSync({
      'pets/cat/1.png': png(2, 1, ...red, ...white),
      'pets/dog/1.png': png(1, 1, ...clear),
      'pets/dog/2.png': png(2, 2, ...red, ...red, ...white, ...white),
      'pets/notes.txt': new Uint8Array(3),
      '__MACOSX/pets/dog/._2.png': new Uint8Array(3),
    });
    const { document, done } = await imported('data pets.zip --into g.json --size 1', {
      binaries: { 'pets.zip': archive },
    });
    expect(document.data?.pets).toMatchObject({
      rows: 3,
      columns: { x: { shape: [1, 1, 1] }, y: { classes: 2, names: ['cat', 'dog'] } },
      source: { path: 'pets.npz', format: 'npz', arrays: { x: { divisor: 255 } } },
    });
    const read = await readNpz(done.binaries['pets.npz'] as Uint8Array);
    if ('error' in read) throw new Error(read.error.en);
    // round(0.299 · 255 + 0.587 · 127.5 + 0.114 · 127.5): half red, half white
    expect([...(read.value.get('x')?.data ?? [])]).toEqual([166, 255, 166]);
    expect([...(read.value.get('y')?.data ?? [])]).toEqual([0, 1, 1]);
  });

  it('in a folder are taken the same', async () => {
    const binaries = {
      'pets/cat/1.png': png(2, 1, ...red, ...white),
      'pets/dog/1.png': png(1, 1, ...clear),
      'pets/notes.txt': new Uint8Array(3),
    };
    const { document } = await imported('data pets --into g.json --size 1', { binaries });
    const source = { path: 'pets.npz', format: 'npz' };
    expect(document.data?.pets).toMatchObject({ rows: 2, columns: { y: { names: ['cat', 'dog'] } }, source });
  });

  it.each([
    [{ 'a/1.png': new Uint8Array(30), 'b/2.png': new Uint8Array(30) }, 'it is no PNG picture'],
    [{ '../1.png': new Uint8Array(3) }, 'it names a file outside of itself'],
    [{ 'readme.txt': new Uint8Array(3) }, 'fewer than two pictures'],
  ])('%# that cannot be read are told', async (files, detail) => {
    const archive = zipSync(files as Record<string, Uint8Array>);
    const { code, json } = await tensorloom('data p.zip --json', { binaries: { 'p.zip': archive } });
    expect(code).toBe(1);
    expect(JSON.stringify(json().diagnostics)).toContain(detail);
  });
});

/**
 * `npm run budget`: builds the page and counts what is loaded before the first screen can be used, in bytes after
 * gzip. The page's own thread and the worker are counted apart, since the worker is loaded beside the page. What
 * is fetched on demand (templates, docs of node types, charts, data sets, threads) is listed and has no limit.
 */
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './install.mjs';

const KB = 1000;

/** The screens, by the sources whose chunks they wait for besides what the page begins with, and the most they may load. */
export const screens = [
  { name: 'gallery', sources: ['src/ui/gallery/Gallery.tsx'], most: 240 * KB },
  {
    name: 'graph',
    sources: ['src/ui/frame/Workbench.tsx', 'src/ui/session/document-session.ts'],
    most: 350 * KB,
  },
];
/** Names of the worker's files that it computes with, and all that they import: each must be there. */
export const worker = {
  name: 'worker with engine',
  files: ['worker', 'wasm-engine', 'relaxed-kernels.generated'],
  most: 200 * KB,
};

const compressed = (content) => gzipSync(content, { level: 9 }).length;

/** Files of a build by name: their compressed bytes, and the sources that each was made for. */
export async function builtPage() {
  const { output } = await build({ root, logLevel: 'silent', build: { write: false } });
  const files = new Map();
  for (const file of output) {
    const isChunk = file.type === 'chunk';
    files.set(file.fileName, {
      bytes: compressed(isChunk ? file.code : file.source),
      source: isChunk && file.facadeModuleId ? file.facadeModuleId.slice(root.length) : undefined,
      // A style sheet stands beside the chunk that imports it. The worker's files are assets of the page's build.
      needs: isChunk ? [...file.imports, ...file.viteMetadata.importedCss] : importsOf(file),
    });
  }
  return files;
}

/** What the page asks for, and what a script that is no chunk of this build imports before it starts. */
function importsOf({ fileName, source }) {
  const named = fileName.endsWith('.html')
    ? /(?:src|href)="\.\/assets\/([\w.-]+)"/g
    : /\b(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g;
  return /\.(html|js)$/.test(fileName)
    ? [...String(source).matchAll(named)].map(([, name]) => `assets/${name}`)
    : [];
}

/** These files and all that they need. */
function withNeeds(files, names) {
  const found = new Set(names);
  for (const name of found) for (const next of files.get(name)?.needs ?? []) found.add(next);
  return found;
}

/** The files that these sources cannot start without. */
export function firstLoad(files, sources) {
  const entries = sources.map((source) => {
    const [entry] = [...files].find(([, file]) => file.source === source) ?? [];
    if (entry === undefined) throw new Error(`the build has no chunk of its own for ${source}`);
    return entry;
  });
  return withNeeds(files, ['index.html', ...entries]);
}

/** The table's rows; each says whether it is within its limit. */
export function budgets(files) {
  const sum = (names) => [...names].reduce((bytes, name) => bytes + files.get(name).bytes, 0);
  const counted = new Set();
  const row = (name, names, most) => {
    for (const file of names) counted.add(file);
    return { name, bytes: sum(names), most, fits: sum(names) > 0 && sum(names) <= most };
  };
  const rows = screens.map(({ name, sources, most }) => row(name, firstLoad(files, sources), most));
  const computing = worker.files.map((name) => {
    const found = [...files.keys()].filter((file) =>
      new RegExp(`^assets/${name.replaceAll('.', '[.]')}-[\\w-]{8}\\.js$`).test(file),
    );
    if (found.length !== 1) throw new Error(`the build has ${found.length} files ${name}-….js`);
    return found[0];
  });
  rows.push(row(worker.name, withNeeds(files, computing), worker.most));
  const later = [...files.keys()].filter((name) => !counted.has(name));
  return [...rows, { name: 'on demand', bytes: sum(later), most: undefined, fits: true }];
}

const kilobytes = (bytes) => (bytes / KB).toFixed(1).padStart(7);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const rows = budgets(await builtPage());
  console.log(`${'first load, kB after gzip'.padEnd(28)}     is  at most`);
  for (const { name, bytes, most, fits } of rows)
    console.log(
      `${name.padEnd(28)}${kilobytes(bytes)}${most === undefined ? '' : `  ${kilobytes(most)}`}${fits ? '' : '  TOO MUCH'}`,
    );
  if (rows.some(({ fits }) => !fits)) process.exitCode = 1;
}

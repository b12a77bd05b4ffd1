/**
 * `npm run tidy-templates [-- NAME…]`: lays the named templates out anew, all when none is named, as Tidy does in the
 * page. Of each file only the places are written.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ELK from 'elkjs';
import { bundle } from './bundle.mjs';
import { root } from './install.mjs';

const ending = '.graph.json';
const outDir = 'build/tidy-templates';
/** A layout with its places; no place holds braces of its own. */
const layouts = /"layout": \{\s*"nodes": \{(?:\s*"(?:[^"\\]|\\.)*": \{[^{}]*\},?)*\s*\}/g;

/** The drawings of a document in the order in which their layouts stand in its file: block ids, undefined for its own. */
const drawingsOf = (document) =>
  Object.keys(document).flatMap((key) => {
    if (key === 'layout') return [undefined];
    if (key !== 'blocks') return [];
    return Object.keys(document.blocks).filter((block) => document.blocks[block].layout?.nodes);
  });

/** The text of a layout's places, indented as the line that it begins in. */
function layoutText(places, before, indent) {
  const lines = Object.entries(places).map(([id, { x, y }]) => {
    const place = JSON.stringify({ ...before[id], x, y }, null, 1).replace(/\s*\n\s*/g, ' ');
    return `${indent}    ${JSON.stringify(id)}: ${place}`;
  });
  return `"layout": {\n${indent}  "nodes": {\n${lines.join(',\n')}\n${indent}  }`;
}

function withPlaces(text, document, places) {
  const drawings = drawingsOf(document);
  const found = [...text.matchAll(layouts)];
  if (found.length !== drawings.length)
    throw new Error(`${document.name}: ${found.length} layouts can be read of ${drawings.length}`);
  return text.replace(layouts, (old, at) => {
    const block = drawings.shift();
    const made = places.get(block);
    if (!made) return old;
    const [indent] = /^\s*/.exec(text.slice(text.lastIndexOf('\n', at) + 1));
    const { layout } = block === undefined ? document : document.blocks[block];
    return layoutText(made, layout.nodes, indent);
  });
}

await bundle('tidy', 'src/ui/layout/tidy-document.ts', outDir);
const { fetchTypes, readDocument, tidyPlaces } = await import(
  pathToFileURL(join(root, outDir, 'tidy.js')).href
);
const elk = new ELK();
const names = process.argv.slice(2);
const all = ['', 'published/'].flatMap((folder) =>
  readdirSync(join(root, 'templates', folder)).flatMap((file) =>
    file.endsWith(ending) ? [folder + file] : [],
  ),
);
for (const file of names.length > 0 ? names.map((name) => `${name}${ending}`) : all) {
  const path = join(root, 'templates', file);
  const text = readFileSync(path, 'utf8');
  await fetchTypes(JSON.parse(text));
  const { value, diagnostics } = readDocument(JSON.parse(text));
  if (!value) throw new Error(`${file}: ${diagnostics[0].message.en}`);
  const places = await tidyPlaces(value, 'right', (graph) => elk.layout(graph));
  const tidied = withPlaces(text, JSON.parse(text), places);
  if (tidied !== text) writeFileSync(path, tidied);
  console.log(`${tidied === text ? 'as it was' : 'laid out '}  ${file}`);
}

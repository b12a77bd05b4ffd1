/**
 * A plugin for the page's build: leaves out parts of node types that nothing there reads, so that first load does
 * not grow with them. Examples are tests. `lower`, and the operations that it alone builds, are the worker's: the
 * page's own thread checks, and reaches numerics through the worker protocol only. The worker shows no node and
 * looks for no fixes. What a type is, in a sentence, and remedies of
 * diagnostics come to the page apart (src/catalogue/docs.ts, src/base/remedies.ts).
 */
const nodeType = /\/src\/(catalogue\/(nodes\/)?|datasets\/)[^/]+\.ts$/;

/** Where properties of these names, with their commas, stand in a call of defineNode, or in what a parameter is told by. */
function placesOf(call, code, names) {
  const properties = call.arguments[0]?.properties ?? [];
  return properties
    .filter(({ key }) => names.includes(key?.name))
    .map(({ start, end }) => {
      const [comma = ''] = code.slice(end).match(/^\s*,/) ?? [];
      return { start, end: end + comma.length };
    });
}

function callsOf(node, isMeant, found = []) {
  if (Array.isArray(node)) for (const child of node) callsOf(child, isMeant, found);
  else if (node !== null && typeof node === 'object') {
    if (node.type === 'CallExpression' && isMeant(node.callee)) found.push(node);
    for (const child of Object.values(node)) if (typeof child === 'object') callsOf(child, isMeant, found);
  }
  return found;
}

const defines = (callee) => callee.name === 'defineNode';
const tells = (callee) => callee.property?.name === 'meta';

const without = (name, files, placesIn) => ({
  name,
  apply: 'build',
  transform(code, id) {
    if (!files.test(id)) return undefined;
    const all = placesIn(this.parse(code), code);
    const places = all
      .filter((a) => !all.some((b) => b !== a && b.start <= a.start && a.end <= b.end))
      .sort((a, b) => b.start - a.start);
    let rest = code;
    for (const { start, end, instead = '' } of places)
      rest = rest.slice(0, start) + instead + rest.slice(end);
    return { code: rest, map: null };
  },
});

/** @param {readonly string[]} names */
export const withoutParts = (...names) =>
  without('without-parts', nodeType, (program, code) =>
    callsOf(program, (callee) => defines(callee) || tells(callee)).flatMap((call) =>
      placesOf(call, code, names),
    ),
  );

/** The sentences of node types alone: parameters keep theirs, and blocks. */
export const withoutDocs = () =>
  without('without-docs', /\/src\/catalogue\/nodes\/[^/]+\.ts$/, (program, code) =>
    callsOf(program, defines).flatMap((call) => placesOf(call, code, ['doc'])),
  );

/** Remedies of diagnostics: the second argument of what makes the words of a code. */
export const withoutRemedies = () =>
  without('without-remedies', /\/src\/base\/codes\/[\w-]+-codes\.ts$/, (program) =>
    callsOf(program, (callee) => /^(error|warning|info)$/.test(callee.name)).map(
      ({ arguments: [, remedy] }) => ({
        start: remedy.start,
        end: remedy.end,
        instead: "{ en: '', zh: '' }",
      }),
    ),
  );

/** What node types are in PyTorch: of the page's workers one alone reads it. */
export function withoutTorch() {
  const { transform, ...plugin } = withoutParts('torch');
  let isRead = false;
  return {
    ...plugin,
    name: 'without-torch',
    buildStart({ input }) {
      isRead = /torch-worker\.ts/.test(Object.values(input).join(' '));
    },
    transform(code, id) {
      return isRead ? undefined : transform.call(this, code, id);
    },
  };
}

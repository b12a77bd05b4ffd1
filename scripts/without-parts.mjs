/**
 * A plugin for the page's build: leaves out parts of node types that nothing there reads, so that first load does
 * not grow with them. Examples are tests. `lower`, and the operations that it alone builds, are the worker's: the
 * page's own thread checks, and reaches numerics through the worker protocol only. The worker shows no node and
 * looks for no fixes.
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

function callsOf(node, found = []) {
  if (Array.isArray(node)) for (const child of node) callsOf(child, found);
  else if (node !== null && typeof node === 'object') {
    const isCall = node.type === 'CallExpression';
    if (isCall && (node.callee.name === 'defineNode' || node.callee.property?.name === 'meta'))
      found.push(node);
    for (const child of Object.values(node)) if (typeof child === 'object') callsOf(child, found);
  }
  return found;
}

/** @param {readonly string[]} names */
export const withoutParts = (...names) => ({
  name: 'without-parts',
  apply: 'build',
  transform(code, id) {
    if (!nodeType.test(id)) return undefined;
    const all = callsOf(this.parse(code)).flatMap((call) => placesOf(call, code, names));
    const places = all
      .filter((a) => !all.some((b) => b !== a && b.start <= a.start && a.end <= b.end))
      .sort((a, b) => b.start - a.start);
    let rest = code;
    for (const { start, end } of places) rest = rest.slice(0, start) + rest.slice(end);
    return { code: rest, map: null };
  },
});

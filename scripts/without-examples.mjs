/**
 * A plugin for the page's build: examples of node types are tests, and nothing that runs in the page reads them.
 * Leaves them out, so that first load does not grow with them.
 */
const nodeType = /\/src\/catalogue\/nodes\/[^/]+\.ts$/;

/** Where `examples: …,` stands in a call of defineNode; undefined where there is none. */
function placeOf(call, code) {
  const examples = call.arguments[0]?.properties?.find(({ key }) => key?.name === 'examples');
  if (examples === undefined) return undefined;
  const [comma = ''] = code.slice(examples.end).match(/^\s*,/) ?? [];
  return { start: examples.start, end: examples.end + comma.length };
}

function callsOf(node, found = []) {
  if (Array.isArray(node)) for (const child of node) callsOf(child, found);
  else if (node !== null && typeof node === 'object') {
    if (node.type === 'CallExpression' && node.callee.name === 'defineNode') found.push(node);
    for (const child of Object.values(node)) if (typeof child === 'object') callsOf(child, found);
  }
  return found;
}

export const withoutExamples = () => ({
  name: 'without-examples',
  apply: 'build',
  transform(code, id) {
    if (!nodeType.test(id)) return undefined;
    const places = callsOf(this.parse(code)).flatMap((call) => placeOf(call, code) ?? []);
    let rest = code;
    for (const { start, end } of places.toReversed()) rest = rest.slice(0, start) + rest.slice(end);
    return { code: rest, map: null };
  },
});

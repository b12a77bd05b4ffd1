/**
 * A plugin for the page's build: the canvas moves its view by d3-transition, which could turn one colour into
 * another as well and brings a library of colours for it. Nothing here asks for that.
 */
export const withoutColours = () => ({
  name: 'without-colours',
  apply: 'build',
  transform(code, id) {
    if (!/\/d3-color\/.*\.m?js$/.test(id)) return undefined;
    const [, exported = ''] = /export \{([^}]*)\}/.exec(code) ?? [];
    const names = exported.split(',').map((name) => name.trim().split(' as ').at(-1));
    if (!names.includes('color'))
      throw new Error(`the colours of d3 are no longer where scripts/without-colours.mjs looks`);
    // Functions of the old kind: values are asked whether they are instances of them.
    const stubs = names.map((name) => `export function ${name}() { return null; }`);
    return { code: stubs.join('\n'), map: null };
  },
});

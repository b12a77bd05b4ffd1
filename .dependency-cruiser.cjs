/**
 * The layering of ARCHITECTURE.md as rules: imports go downwards only.
 * `layers` is the picture: each folder, and the folders it may import from (itself always).
 */
const layers = {
  base: [],
  'graph-schema': ['base'],
  tensor: ['base'],
  ir: ['base', 'tensor'],
  contraction: ['base'],
  datasets: ['base'],
  catalogue: ['base', 'graph-schema', 'tensor', 'ir', 'contraction', 'datasets'],
  document: ['base', 'graph-schema', 'catalogue'],
  compiler: ['base', 'graph-schema', 'tensor', 'ir', 'contraction', 'datasets', 'catalogue', 'document'],
  templates: ['base', 'graph-schema', 'catalogue', 'compiler'],
  numeric: ['base', 'ir'],
  runtime: ['base', 'graph-schema', 'tensor', 'ir', 'datasets', 'compiler', 'numeric'],
  export: [
    'base',
    'graph-schema',
    'tensor',
    'ir',
    'datasets',
    'catalogue',
    'document',
    'compiler',
    'runtime',
  ],
  library: ['base', 'graph-schema', 'catalogue', 'compiler', 'numeric', 'runtime'],
  editor: ['base', 'graph-schema', 'tensor', 'catalogue', 'document', 'compiler'],
};
// Two of the three hosts see nearly everything: the command line all of the core, the page what draws and edits.
layers.cli = Object.keys(layers).filter((name) => name !== 'editor');
layers.worker = [
  'library',
  'base',
  'graph-schema',
  'ir',
  'contraction',
  'catalogue',
  'compiler',
  'numeric',
  'runtime',
  'datasets',
  'export',
];
layers.ui = [
  'base',
  'graph-schema',
  'templates',
  'tensor',
  'contraction',
  'datasets',
  'catalogue',
  'document',
  'compiler',
  'editor',
  'worker',
];

const pure = Object.keys(layers).filter((name) => !['worker', 'cli', 'ui'].includes(name));
const places = { 'graph-schema': '^graph-schema/', templates: '^templates/', library: '^src/index[.]ts$' };
const folder = (name) => places[name] ?? `^src/${name}/`;
const anyOf = (names) => names.map(folder).join('|');
const tests = '[.]test[.]tsx?$';

const downwards = Object.entries(layers).map(([name, below]) => ({
  name: `${name}-imports-downwards`,
  comment: `${name} may import only from: ${below.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: folder(name), pathNot: tests },
  to: {
    path: '^(src|graph-schema|templates|test|scripts)/',
    pathNot: anyOf([name, ...below]),
  },
}));

module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'no-cycles',
      comment: 'A cycle at run time has no bottom to start reading from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'pure-core',
      comment: 'The pure folders run on every host: no Node modules, no packages but pure ones.',
      severity: 'error',
      from: { path: anyOf(pure), pathNot: tests },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^node_modules/(zod|immer|fflate|papaparse|@types/papaparse)/',
      },
    },
    {
      name: 'nodes-are-strangers',
      comment: 'One node type never imports another.',
      severity: 'error',
      from: { path: '^src/catalogue/nodes/([^/]+)$', pathNot: tests },
      to: { path: '^src/catalogue/nodes/', pathNot: '^src/catalogue/nodes/$1$' },
    },
    {
      name: 'nodes-by-catalogue-only',
      comment: 'Nothing outside the catalogue names a node type; ask catalogue/index.ts.',
      severity: 'error',
      from: { pathNot: '^src/catalogue/' },
      to: { path: '^src/catalogue/nodes/' },
    },
    {
      name: 'ui-numerics-through-protocol',
      comment: 'The page reaches numerics only through the worker protocol.',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: tests },
      to: {
        path: '^src/worker/',
        pathNot: '^src/worker/(protocol|worker|file-store|torch-worker|torch-exchange)[.]ts$',
      },
    },
    {
      name: 'reactflow-by-its-name',
      comment: "Import 'reactflow'; '@xyflow/react' would be a second copy.",
      severity: 'error',
      from: {},
      to: { path: '^(node_modules/)?@xyflow/react' },
    },
    {
      name: 'flow-and-react-in-ui-only',
      comment: 'The editor is headless; React and React Flow belong to the page.',
      severity: 'error',
      from: { path: '^(src|graph-schema)/', pathNot: '^src/ui/' },
      to: { path: '^node_modules/(react|react-dom|reactflow|zustand|idb|uplot)/' },
    },
    {
      name: 'no-tests-in-product',
      comment: 'Product code never imports a test or a development tool.',
      severity: 'error',
      from: { path: '^(src|graph-schema)/', pathNot: tests },
      to: { path: `${tests}|^node_modules/(vitest|fast-check|@playwright)/` },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[?]' },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^src/.*/assembly/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};

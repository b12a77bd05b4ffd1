/** Only what Biome does not do: rules that need the type checker, and the length of functions. */
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['src/**/assembly/**', '**/*.d.ts'] },
  {
    files: ['src/**/*.{ts,tsx}', 'graph-schema/**/*.ts', 'templates/*.ts', 'test/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { ts: tseslint.plugin },
    rules: {
      'ts/no-floating-promises': 'error',
      'ts/no-misused-promises': 'error',
      'ts/await-thenable': 'error',
      'ts/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // Blocks of tests hold many small functions: they are told from the product by their names.
    files: ['src/**/*.{ts,tsx}', 'graph-schema/**/*.ts', 'templates/*.ts'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { 'max-lines-per-function': ['error', { max: 100 }] },
  },
);

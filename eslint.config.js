/** Only what needs the type checker: everything else is Biome's. */
import tseslint from 'typescript-eslint';

export default tseslint.config({
  files: ['src/**/*.{ts,tsx}', 'graph-schema/**/*.ts', 'templates/*.ts', 'test/**/*.ts'],
  ignores: ['src/**/assembly/**', '**/*.d.ts'],
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
});

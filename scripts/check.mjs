/** `npm run check`: everything that must hold before a commit. Stops at the first step that fails. */
import { step } from './step.mjs';

/** The table of contents: each is a script of package.json. */
export const checks = ['format', 'lint', 'types', 'layering', 'deadcode', 'budget', 'unit'];

if (import.meta.filename === process.argv[1]) {
  for (const name of checks) {
    if (!step(name)) {
      console.error(`\nThe check stopped at “${name}”. Run it alone with: npm run ${name}`);
      process.exit(1);
    }
  }
  console.log('\nAll checks passed.');
}

/** `npm start`: installs what is missing, builds the page, serves it on a free port and prints the address. */
import { install, root } from './install.mjs';

install();
const { build, preview } = await import('vite');
await build({ root, logLevel: 'warn' });
const server = await preview({ root });
console.log(`\n  Tensorloom is at ${server.resolvedUrls?.local[0]}\n  Press Ctrl+C to stop.\n`);

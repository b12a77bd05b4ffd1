/** `npm start`: installs what is missing, builds the page, serves it on a free port and prints the address. */
import { spawn } from 'node:child_process';
import { install, root } from './install.mjs';

install();
const { build } = await import('vite');
await build({ root, logLevel: 'warn' });
const serve = ['dist/cli/tensorloom.js', 'serve', '--host', 'localhost'];
const server = spawn(process.execPath, serve, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
server.stdout.once('data', (address) => {
  console.log(`\n  Tensorloom is at ${String(address).trim()}\n  Press Ctrl+C to stop.\n`);
});
server.once('exit', (status) => {
  process.exitCode = status ?? 0;
});
// Ctrl+C reaches both; what is sent to this process alone is passed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => server.kill('SIGTERM'));

/** Runs at the end of `npm ci`: the numeric kernels, and the command line that uses them. */
import { must } from './install.mjs';

must(process.execPath, 'scripts/build-kernels.mjs');
must(process.execPath, 'scripts/build-cli.mjs');

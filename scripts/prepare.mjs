/** Runs at the end of `npm ci` and before `npm pack`: the numeric kernels, the images of MNIST, and the command line and the library that use them. */
import { must } from './install.mjs';

must(process.execPath, 'scripts/build-kernels.mjs');
must(process.execPath, 'scripts/build-data.mjs');
must(process.execPath, 'scripts/build-cli.mjs');
must(process.execPath, 'scripts/build-library.mjs');

#!/usr/bin/env node
/** Where the command line starts. What it can do is listed in command-line.ts; a thread of its own does it. */
import { enableRelaxedSimd } from './relaxed-simd.ts';
import { supervise } from './supervise.ts';

enableRelaxedSimd();

supervise(new URL('./command.js', import.meta.url), process.argv.slice(2));

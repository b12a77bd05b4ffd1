#!/usr/bin/env node
/** Where the command line starts. What it can do is listed in command-line.ts. */
import { main } from './command-line.ts';
import { nodeIo } from './node-io.ts';
import { enableRelaxedSimd } from './relaxed-simd.ts';

enableRelaxedSimd();

process.exitCode = await main(process.argv.slice(2), nodeIo());

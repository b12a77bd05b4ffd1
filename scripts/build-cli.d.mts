/** For the tests that start the command line as a process. */
export function buildCommandLine(outDir: string): Promise<unknown>;

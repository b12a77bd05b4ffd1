/** The command line as a process of its own, built from the sources as they are, in an empty folder. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildCommandLine } from '../../scripts/build-cli.mjs';

const root = join(import.meta.dirname, '../..');

export interface Ended {
  /** Null where a signal has ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  /** Where the processes work; empty before the first test. */
  readonly folder: string;
  readonly program: string;
  start(...args: string[]): ChildProcessWithoutNullStreams;
  run(...args: string[]): Promise<Ended>;
  /** By `sh`, in which `tensorloom` stands for the program: for limits, pipes and redirections. */
  shell(script: string): Promise<Ended>;
}

export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  return new Promise((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, out, err }));
  });
}

/** Called once in a test file, outside of its tests. */
export function commandLine(): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'tensorloom-cli-'));
  const built = join('build', `test-cli-${process.pid}`);
  const program = join(root, built, 'tensorloom.js');
  beforeAll(() => buildCommandLine(built), 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(root, built), { recursive: true, force: true });
  });
  const start = (...args: string[]) => spawn(process.execPath, [program, ...args], { cwd: folder });
  return {
    folder,
    program,
    start,
    run(...args) {
      const child = start(...args);
      child.stdin.end();
      return ended(child);
    },
    shell(script) {
      const child = spawn(
        'sh',
        ['-c', `tensorloom() { '${process.execPath}' '${program}' "$@"; }\n${script}`],
        {
          cwd: folder,
        },
      );
      child.stdin.end();
      return ended(child);
    },
  };
}

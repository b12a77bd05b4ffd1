/**
 * A Python program that answers one line of JSON with another: torch and numpy, in a process of their own.
 * The system's python3 is asked first, since Debian's packages belong to it and another on the PATH may hide it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Python {
  ask(request: object): Promise<unknown>;
  close(): void;
}

const interpreters = [process.env.PYTHON, '/usr/bin/python3', 'python3'].filter((p) => p !== undefined);

/** The first interpreter that has these modules. */
function interpreterWith(modules: readonly string[]): string | undefined {
  return interpreters.find(
    (python) => spawnSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0,
  );
}

/** One thread; and OpenBLAS told of a CPU that Debian's release of it does not know by name. */
function environment(): NodeJS.ProcessEnv {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  return hasAvx512() ? { ...env, OPENBLAS_CORETYPE: 'SKYLAKEX' } : env;
}

function hasAvx512(): boolean {
  try {
    return /\bavx512f\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false;
  }
}

/** Undefined where no interpreter has the modules. */
export function startPython(program: string, modules: readonly string[]): Python | undefined {
  const interpreter = interpreterWith(modules);
  if (interpreter === undefined) return undefined;
  const child: ChildProcess = spawn(interpreter, ['-u', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: environment(),
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('internal: the child has no pipes');
  const waiting: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  createInterface({ input: stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { ok?: unknown; error?: string };
    const { resolve, reject } = waiting.shift() ?? {};
    if (answer.error === undefined) resolve?.(answer.ok);
    else reject?.(new Error(answer.error));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`Python ended with ${code}`));
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        stdin.write(`${JSON.stringify(request)}\n`);
      }),
    close: () => stdin.end(),
  };
}

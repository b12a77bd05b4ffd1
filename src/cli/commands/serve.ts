/** `tensorloom serve`: the page, on this computer. */

import { type CliCommand, numberOption, textOption } from '../command.ts';
import { FileError } from '../file-error.ts';
import { jsonLine } from '../format.ts';
import type { Io } from '../io.ts';
import { pageFolder, type RunningServer, startServer } from '../server.ts';

const usualPort = 4173;

export const serve: CliCommand = {
  usage: 'serve [--port N]',
  about: 'serve the page on this computer and print its address',
  operands: { min: 0, max: 0 },
  options: {
    port: {
      type: 'string',
      short: 'p',
      value: 'N',
      help: `the port; ${usualPort} when left out, or where that is taken one that is free`,
    },
    host: { type: 'string', value: 'ADDRESS', help: 'the address to listen on; 127.0.0.1 when left out' },
  },
  async run(call, io) {
    const port = numberOption(call, 'port', 'whole');
    const host = textOption(call, 'host') ?? '127.0.0.1';
    const folder = pageFolder();
    if (!(await io.exists(folder))) throw new FileError('the page has not been built: run "npm start" once');
    const server = await (port === undefined
      ? startAnywhere(folder, host)
      : startServer({ folder, host, port })
    ).catch((error: unknown) => {
      throw new FileError(`cannot serve at ${host}: ${serverReason(error, port)}`);
    });
    io.out(
      call.options.json ? `${jsonLine({ ok: true, address: server.address })}\n` : `${server.address}\n`,
    );
    await aborted(io);
    await server.close();
    return undefined;
  },
};

/** Always the same where that is possible: the browser keeps the documents of a page by its address. */
async function startAnywhere(folder: string, host: string): Promise<RunningServer> {
  try {
    return await startServer({ folder, host, port: usualPort });
  } catch {
    return startServer({ folder, host, port: 0 });
  }
}

function serverReason(error: unknown, port: number | undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} is taken`;
  if (code === 'EACCES') return `port ${port} needs more rights`;
  if (code === 'ERR_SOCKET_BAD_PORT') return 'ports end at 65535';
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return 'this computer has no such address';
  return error.message;
}

const aborted = ({ signal }: Io): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** `tensorloom serve`: the page, on this computer. */

import { type CliCommand, numberOption, textOption, UsageError } from '../command.ts';
import { jsonLine } from '../format.ts';
import type { Io } from '../io.ts';
import { pageFolder, startServer } from '../server.ts';

export const serve: CliCommand = {
  usage: 'serve [--port N]',
  about: 'serve the page on this computer and print its address',
  operands: { min: 0, max: 0 },
  options: {
    port: { type: 'string', short: 'p', value: 'N', help: 'the port; any free one when left out' },
    host: { type: 'string', value: 'ADDRESS', help: 'the address to listen on; 127.0.0.1 when left out' },
  },
  async run(call, io) {
    const port = numberOption(call, 'port', 'whole') ?? 0;
    const host = textOption(call, 'host') ?? '127.0.0.1';
    const folder = pageFolder();
    if (!(await io.exists(folder))) throw new UsageError('the page has not been built: run "npm start" once');
    const server = await startServer({ folder, host, port }).catch((error: Error) => {
      throw new UsageError(error.message);
    });
    io.out(
      call.options.json ? `${jsonLine({ ok: true, address: server.address })}\n` : `${server.address}\n`,
    );
    await aborted(io);
    await server.close();
    return undefined;
  },
};

const aborted = ({ signal }: Io): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

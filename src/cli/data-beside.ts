/** The data of a graph that lie in files beside it. */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type DataSource, fileData } from '../datasets/index.ts';
import { readBytes } from './command-files.ts';
import type { Io } from './io.ts';

export const dataBeside = (graph: string, io: Io): DataSource =>
  fileData({
    read: (path) => readBytes(join(dirname(graph), path), io),
    sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  });

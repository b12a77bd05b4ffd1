/** The page's end of the worker that looks through files. */
import type { Text } from '../../base/text.ts';
import type { DataAnswer, DataAsk, DataLook, Made } from './data-messages.ts';
import { dataWords } from './data-words.ts';

export interface DataClient {
  /** A newer question makes the older one's answer never come. */
  look(ask: Omit<Extract<DataAsk, { type: 'look' }>, 'type'>): Promise<DataLook | { readonly fault: Text }>;
  make(ask: Omit<Extract<DataAsk, { type: 'make' }>, 'type'>): Promise<Made | { readonly fault: Text }>;
  hash(file: Blob): Promise<string | undefined>;
  end(): void;
}

/** `onProgress`: hears how much of how much is read. */
export function startDataClient(onProgress: (read: number, all: number) => void = () => {}): DataClient {
  const worker = new Worker(new URL('./data-worker.ts', import.meta.url), { type: 'module' });
  let hear: ((answer: DataAnswer) => void) | undefined;
  worker.onmessage = ({ data }: MessageEvent<DataAnswer>) => {
    if (data.type === 'progress') onProgress(data.read, data.all);
    else hear?.(data);
  };
  worker.onerror = () => hear?.({ type: 'fault', fault: dataWords.workerLost });
  const ask = (question: DataAsk): Promise<DataAnswer> =>
    new Promise((resolve) => {
      hear = resolve;
      worker.postMessage(question);
    });
  const unexpected = { fault: dataWords.workerLost };
  return {
    async look(question) {
      const answer = await ask({ type: 'look', ...question });
      if (answer.type === 'fault') return { fault: answer.fault };
      return answer.type === 'looked' ? answer.look : unexpected;
    },
    async make(question) {
      const answer = await ask({ type: 'make', ...question });
      if (answer.type === 'fault') return { fault: answer.fault };
      return answer.type === 'made' ? answer.made : unexpected;
    },
    async hash(file) {
      const answer = await ask({ type: 'hash', file });
      return answer.type === 'hashed' ? answer.sha256 : undefined;
    },
    end: () => worker.terminate(),
  };
}

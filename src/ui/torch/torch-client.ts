/** The page's end of the worker that exchanges with PyTorch: one question, one worker. */
import { diagnose } from '../../base/diagnostic.ts';
import type { TorchAnswer, TorchAsk } from '../../worker/torch-exchange.ts';
import { torchWords } from './torch-words.ts';

export interface TorchQuestion {
  readonly answer: Promise<TorchAnswer>;
  /** Nobody waits for it any more. */
  end(): void;
}

export function askTorch(question: TorchAsk): TorchQuestion {
  const worker = new Worker(new URL('../../worker/torch-worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<TorchAnswer>((resolve) => {
    const told = (given: TorchAnswer) => {
      worker.terminate();
      resolve(given);
    };
    worker.onmessage = ({ data }: MessageEvent<TorchAnswer>) => told(data);
    worker.onerror = ({ message }) =>
      told({
        kind: 'refused',
        diagnostics: [diagnose('worker-lost', {}, { detail: message ?? torchWords.lost })],
      });
    worker.postMessage(question);
  });
  return { answer, end: () => worker.terminate() };
}

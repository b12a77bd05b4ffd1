import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { withFoundPaths } from '../../compiler/networks/kept-paths.ts';
import { documentOf, tangle } from '../../compiler/networks/networks.test-support.ts';
import { createEditor } from '../../editor/index.ts';
import { improveAtLeisure } from './better-paths.ts';
import type { BetterPaths, ImproveRequest } from './worker-client.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const key = 'a network';
const news = (change: Partial<BetterPaths>): BetterPaths => ({
  type: 'improved',
  id: 1,
  settled: [],
  paths: {},
  gain: 1,
  final: false,
  ...change,
});

/** An editor, a worker that is told what to say, and a user who may be busy. */
function start(document = documentOf(tangle(4, 1))) {
  const editor = createEditor(document);
  const asked: {
    document: GraphDocument;
    request: ImproveRequest;
    tell: (change: Partial<BetterPaths>) => void;
    stopped: boolean;
  }[] = [];
  const gains: number[] = [];
  let leisure = true;
  let changed = () => {};
  const end = improveAtLeisure({
    editor,
    improve(document, request, told) {
      const search = {
        document,
        request,
        tell: (change: Partial<BetterPaths>) => told(news(change)),
        stopped: false,
      };
      asked.push(search);
      return () => {
        search.stopped = true;
      };
    },
    mayLook: () => leisure,
    onLeisure(listener) {
      changed = listener;
      return () => {};
    },
    onGain: (gain) => gains.push(gain),
  });
  const move = (x: number) =>
    editor.dispatch({ type: 'move', positions: { product: { x, y: 0 } }, done: true });
  const edit = (size: number) => editor.dispatch({ type: 'setDim', name: 'n', size });
  const busy = (is: boolean) => {
    leisure = !is;
    changed();
  };
  const wait = () => vi.advanceTimersByTime(1000);
  return { editor, asked, gains, end, move, edit, busy, wait };
}

describe('the search at leisure', () => {
  it('begins a moment after the last change, and keeps what it finds without a step of the history', () => {
    const { editor, asked, gains, edit, wait } = start();
    vi.advanceTimersByTime(900);
    edit(2);
    vi.advanceTimersByTime(900);
    expect(asked).toHaveLength(0);
    wait();
    expect(asked).toMatchObject([{ document: editor.getState().document, stopped: false }]);
    editor.undo();
    edit(3);
    wait();
    asked.at(-1)?.tell({ settled: [key], paths: { [key]: '(0, 1)' }, gain: 3.1, final: true });
    expect(editor.getState()).toMatchObject({ document: { plan: { found: { [key]: '(0, 1)' } } } });
    expect(gains.at(-1)).toBe(3.1);
    editor.undo();
    expect(editor.getState().canUndo).toBe(false);
    expect(editor.getState().document.plan).toEqual({ found: { [key]: '(0, 1)' } });
  });

  it('is over with an edit, a run, or the document', () => {
    const { asked, edit, busy, wait, end } = start();
    wait();
    edit(2);
    expect(asked[0]?.stopped).toBe(true);
    wait();
    busy(true);
    expect(asked[1]?.stopped).toBe(true);
    wait();
    expect(asked).toHaveLength(2);
    busy(false);
    wait();
    end();
    expect(asked[2]?.stopped).toBe(true);
  });

  it('goes on where it was interrupted, and rests when all was looked at', () => {
    const { asked, move, edit, wait } = start();
    wait();
    asked[0]?.tell({ settled: [key] });
    move(10);
    wait();
    expect(asked[1]?.request.without).toEqual([key]);
    asked[1]?.tell({ final: true });
    move(20);
    wait();
    expect(asked).toHaveLength(2);
    edit(2);
    wait();
    expect(asked).toHaveLength(3);
  });

  it('does not find again what the user has sent away', () => {
    const { editor, asked, gains, wait } = start(
      withFoundPaths(documentOf(tangle(4, 1)), { [key]: '(0, 1)' }),
    );
    wait();
    asked[0]?.tell({ gain: 2, final: true });
    editor.dispatch({ type: 'foundPaths', paths: { [key]: undefined } });
    wait();
    expect(gains).toEqual([2, 1]);
    expect(asked[1]?.request.without).toEqual([key]);
  });

  it('waits for a graph without errors', () => {
    const { editor, asked, gains, wait } = start();
    editor.dispatch({ type: 'setParam', node: 'product', key: 'expression', value: '?' });
    wait();
    expect(asked).toHaveLength(0);
    expect(gains).toEqual([1]);
  });
});

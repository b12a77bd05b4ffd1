import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AutosaveOptions, createAutosave, type SaveState } from './autosave.ts';
import type { DocumentStore, Kept } from './database.ts';

/** A store in memory with the rules of the real one. */
function memoryStore() {
  const kept = new Map<string, Kept>();
  let failure: Error | undefined;
  const store: DocumentStore = {
    texts: async () => [],
    read: async (id) => kept.get(id),
    async write(head, text, state) {
      if (failure) throw failure;
      if (typeof state === 'object' && state.bytes.length > room)
        throw new DOMException('full', 'QuotaExceededError');
      const present = kept.get(head.id);
      if (present && present.head.revision !== head.revision - 1) return present;
      const stateRevision =
        typeof state === 'object' ? head.revision : state ? undefined : present?.head.stateRevision;
      const states = { forgotten: undefined, kept: present?.state };
      kept.set(head.id, {
        head: { ...head, stateRevision },
        text,
        state: typeof state === 'object' ? state : states[state ?? 'kept'],
      });
      return 'written';
    },
    list: async () => [...kept.values()].map((k) => k.head),
    forget: async (id) => void kept.delete(id),
  };
  let room = 100;
  const limit = (bytes: number) => {
    room = bytes;
  };
  const fail = (error: Error | undefined) => {
    failure = error;
  };
  return { store, kept, fail, limit };
}

function editor(name = 'graph') {
  const listeners = new Set<() => void>();
  let state = {
    revision: 0,
    edited: false,
    document: { name },
    trained: undefined as Uint8Array<ArrayBuffer> | undefined,
  };
  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    rename(next: string) {
      state = { ...state, revision: state.revision + 1, edited: true, document: { name: next } };
      for (const listener of listeners) listener();
    },
    train(bytes: number, before: (trained: object) => void = () => {}) {
      const trained = new Uint8Array(bytes);
      before(trained);
      state = { ...state, trained };
      for (const listener of listeners) listener();
    },
    /** A change that nobody made. */
    find() {
      state = { ...state, revision: state.revision + 1 };
      for (const listener of listeners) listener();
    },
    select() {
      state = { ...state };
      for (const listener of listeners) listener();
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(
  memory: ReturnType<typeof memoryStore>,
  source: ReturnType<typeof editor>,
  more: Partial<AutosaveOptions> = {},
) {
  const states: SaveState[] = [];
  const forks: string[] = [];
  const autosave = createAutosave({
    store: memory.store,
    source,
    serialize: () => JSON.stringify(source.getState().document),
    state: () => {
      const { trained } = source.getState();
      return trained && { bytes: trained, run: {} };
    },
    head: { id: 'one', revision: 0, edited: false },
    tab: 'tab',
    now: () => 0,
    newId: () => 'two',
    onState: (state) => states.push(state),
    onFork: (id) => forks.push(id),
    ...more,
  });
  return { autosave, states, forks };
}
const settle = () => vi.advanceTimersByTimeAsync(1000);

describe('autosave', () => {
  it('keeps what was opened, unedited, and each change after it', async () => {
    const memory = memoryStore();
    const source = editor();
    const { states } = start(memory, source);
    await settle();
    expect(memory.kept.get('one')?.head).toMatchObject({ revision: 1, edited: false });
    source.rename('better');
    await settle();
    expect(memory.kept.get('one')).toMatchObject({
      head: { revision: 2, edited: true, name: 'better' },
      text: '{"name":"better"}',
    });
    expect(states.at(-1)).toEqual({ kind: 'saved' });
  });

  it('does not take a change of selection for an edit', async () => {
    const memory = memoryStore();
    const source = editor();
    start(memory, source);
    await settle();
    source.select();
    await settle();
    expect(memory.kept.get('one')?.head).toMatchObject({ revision: 1, edited: false });
  });

  it('saves what a search has found, and does not take it for an edit', async () => {
    const memory = memoryStore();
    const source = editor();
    start(memory, source);
    await settle();
    source.find();
    await settle();
    expect(memory.kept.get('one')?.head).toMatchObject({ revision: 2, edited: false });
  });

  it('writes a burst of changes once', async () => {
    const memory = memoryStore();
    const source = editor();
    start(memory, source);
    await settle();
    for (const name of ['a', 'ab', 'abc']) source.rename(name);
    await settle();
    expect(memory.kept.get('one')?.head).toMatchObject({ revision: 2, name: 'abc' });
  });

  it('goes on as a copy when another tab has written', async () => {
    const memory = memoryStore();
    const source = editor();
    const { forks } = start(memory, source);
    await settle();
    await memory.store.write(
      { id: 'one', name: 'theirs', revision: 2, tab: 'other', savedAt: 1, edited: true },
      'theirs',
    );
    source.rename('mine');
    await settle();
    expect(memory.kept.get('one')?.text).toBe('theirs');
    expect(memory.kept.get('two')?.text).toBe('{"name":"mine"}');
    expect(forks).toEqual(['two']);
  });

  it('says why it could not save, and saves when it can again', async () => {
    const memory = memoryStore();
    const source = editor();
    const { states, autosave } = start(memory, source);
    await settle();
    memory.fail(new DOMException('full', 'QuotaExceededError'));
    source.rename('big');
    await settle();
    expect(states.at(-1)).toMatchObject({ kind: 'failed', reason: { en: 'this browser’s storage is full' } });
    expect(autosave.pending()?.text).toBe('{"name":"big"}');
    memory.fail(undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states.at(-1)).toEqual({ kind: 'saved' });
    expect(memory.kept.get('one')?.head.name).toBe('big');
    expect(autosave.pending()).toBeUndefined();
  });

  it('keeps the trained state beside the text, and leaves it while only the text changes', async () => {
    const memory = memoryStore();
    const source = editor();
    const { states } = start(memory, source);
    await settle();
    source.train(8);
    await settle();
    expect(memory.kept.get('one')).toMatchObject({ head: { revision: 2, edited: true }, state: { run: {} } });
    source.rename('other');
    await settle();
    expect(memory.kept.get('one')).toMatchObject({ text: '{"name":"other"}' });
    expect(memory.kept.get('one')?.state?.bytes.length).toBe(8);
    expect(states.at(-1)).toEqual({ kind: 'saved' });
  });

  it('saves the text alone where there is no room for the state, says so, and the state when there is', async () => {
    const memory = memoryStore();
    const source = editor();
    const { states } = start(memory, source);
    await settle();
    memory.limit(10);
    source.train(20);
    source.rename('named');
    await settle();
    expect(memory.kept.get('one')).toMatchObject({ text: '{"name":"named"}', state: undefined });
    expect(states.at(-1)).toMatchObject({ kind: 'partly', reason: { en: 'this browser’s storage is full' } });
    memory.limit(100);
    source.rename('again');
    await settle();
    expect(memory.kept.get('one')?.state?.bytes.length).toBe(20);
    expect(states.at(-1)).toEqual({ kind: 'saved' });
  });

  it('writes within a second under changes without a pause', async () => {
    const memory = memoryStore();
    const source = editor();
    start(memory, source);
    await settle();
    for (let letters = 1; letters <= 30; letters++) {
      source.rename('x'.repeat(letters));
      await vi.advanceTimersByTimeAsync(100);
      const kept = memory.kept.get('one')?.head.name.length ?? 0;
      if (letters > 10) expect(letters - kept).toBeLessThan(10);
    }
  });

  it('writes nothing while what was opened is what is kept', async () => {
    const memory = memoryStore();
    const source = editor();
    const { states, autosave } = start(memory, source, {
      stored: { text: '{"name":"graph"}', isWhole: true },
    });
    await settle();
    expect(memory.kept.size).toBe(0);
    expect(states).toEqual([{ kind: 'saved' }]);
    expect(autosave.pending()).toBeUndefined();
  });

  it('makes no copy where another tab has written the same, and one where it has trained', async () => {
    const memory = memoryStore();
    const source = editor();
    const { forks, autosave } = start(memory, source);
    await settle();
    const theirs = { id: 'one', name: 'graph', tab: 'other', savedAt: 1, edited: true };
    await memory.store.write({ ...theirs, revision: 2 }, '{"name":"graph"}');
    source.rename('mine');
    await settle();
    expect(forks).toEqual([]);
    expect(memory.kept.get('one')).toMatchObject({
      head: { revision: 3, tab: 'tab' },
      text: '{"name":"mine"}',
    });
    await memory.store.write({ ...theirs, revision: 4 }, '{"name":"mine"}', {
      bytes: new Uint8Array(1),
      run: 0,
    });
    source.rename('mine too');
    await settle();
    expect(forks).toEqual(['two']);
    expect(memory.kept.get('one')?.head.revision).toBe(4);
    expect(autosave.isAtRisk()).toBe(false);
  });

  it('keeps no text that would be too large to be read', async () => {
    const memory = memoryStore();
    const source = editor();
    const { states, autosave } = start(memory, source, { serialize: () => ' '.repeat(2 ** 25 + 1) });
    await settle();
    expect(memory.kept.size).toBe(0);
    expect(autosave.isRefused()).toBe(true);
    expect(states.at(-1)).toMatchObject({ reason: { en: 'it is larger than the 32 MB that are read' } });
  });

  it('knows what would be lost', async () => {
    const memory = memoryStore();
    const source = editor();
    const { autosave } = start(memory, source);
    await settle();
    expect(autosave.isAtRisk()).toBe(false);
    source.train(200);
    expect(autosave.isAtRisk()).toBe(true);
    await settle();
    // The text is saved, the state has no room.
    expect([autosave.isRefused(), autosave.isAtRisk()]).toEqual([true, true]);
    memory.limit(1000);
    source.rename('again');
    await settle();
    expect([autosave.isRefused(), autosave.isAtRisk()]).toEqual([false, false]);
    memory.fail(new DOMException('newer', 'VersionError'));
    source.rename('lost');
    await settle();
    expect(autosave.isRefused()).toBe(true);
    expect(autosave.pending()).toMatchObject({ id: 'one', revision: 3, tab: 'tab', text: '{"name":"lost"}' });
  });

  it('does not write a state again that has come out of storage', async () => {
    const memory = memoryStore();
    const source = editor();
    const { autosave } = start(memory, source, { stored: { text: '{"name":"graph"}', isWhole: true } });
    source.train(8, (trained) => autosave.isKept(trained));
    await settle();
    expect(memory.kept.size).toBe(0);
    expect(autosave.isAtRisk()).toBe(false);
  });

  it('takes the state along when it goes on as a copy', async () => {
    const memory = memoryStore();
    const source = editor();
    start(memory, source);
    await settle();
    source.train(8);
    await settle();
    await memory.store.write(
      { id: 'one', name: 'theirs', revision: 3, tab: 'other', savedAt: 1, edited: true },
      'theirs',
      'forgotten',
    );
    source.rename('mine');
    await settle();
    expect(memory.kept.get('one')).toMatchObject({ text: 'theirs', state: undefined });
    expect(memory.kept.get('two')).toMatchObject({ text: '{"name":"mine"}', state: { run: {} } });
  });
});

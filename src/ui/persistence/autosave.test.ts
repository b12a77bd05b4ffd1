import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AutosaveOptions, createAutosave, type SaveState } from './autosave.ts';
import type { DocumentStore, Head } from './database.ts';

/** A store in memory with the rules of the real one. */
function memoryStore() {
  const kept = new Map<string, { head: Head; text: string }>();
  let failure: Error | undefined;
  const store: DocumentStore = {
    read: async (id) => kept.get(id),
    async write(head, text) {
      if (failure) throw failure;
      const present = kept.get(head.id);
      if (present && present.head.revision !== head.revision - 1) return 'conflict';
      kept.set(head.id, { head, text });
      return 'written';
    },
    list: async () => [...kept.values()].map((k) => k.head),
    forget: async (id) => void kept.delete(id),
  };
  const fail = (error: Error | undefined) => {
    failure = error;
  };
  return { store, kept, fail };
}

function editor(name = 'graph') {
  const listeners = new Set<() => void>();
  let state = { revision: 0, edited: false, document: { name } };
  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    rename(next: string) {
      state = { revision: state.revision + 1, edited: true, document: { name: next } };
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
});

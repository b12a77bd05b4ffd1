import { expect, it } from 'vitest';
import { EngineError } from '../engine.ts';
import { breakUp, dismiss, isBroken, joinTeam, serve, teamWords } from './thread-team.ts';

const words = () => new Int32Array(new SharedArrayBuffer(4 * teamWords));

it('one alone need not wait', () => {
  const { barrier } = joinTeam(words(), 1, 1);
  for (let i = 0; i < 3; i++) barrier();
});

it('who waits in vain gives up, and says so to the others', () => {
  const shared = words();
  expect(() => joinTeam(shared, 3, 1).barrier()).toThrow('it does not answer');
  expect(isBroken(shared)).toBe(true);
  expect(() => joinTeam(shared, 3, 1).barrier()).toThrow(EngineError);
});

it('tells why a thread is lost', () => {
  const shared = words();
  breakUp(shared, 'memory access out of bounds');
  expect(() => joinTeam(shared, 2, 1).barrier()).toThrow('thread-lost: memory access out of bounds');
});

it('a team that was dismissed cannot break', () => {
  const shared = words();
  dismiss(shared);
  breakUp(shared, 'it has ended');
  expect(isBroken(shared)).toBe(false);
});

it('members go home when they are dismissed, or when one is lost', () => {
  const work = () => {
    throw new Error('there is no work to do');
  };
  for (const end of [dismiss, (w: Int32Array) => breakUp(w, '')]) {
    const shared = words();
    end(shared);
    serve(shared, work);
  }
});

/** For tests: an engine that computes as another does until it fails, in the way and at the moment it is told. */
import { type Engine, EngineError, type EngineErrorCode, type Feeds } from './engine.ts';

export interface InjectedFault {
  readonly code: EngineErrorCode;
  /** Of the plans that are loaded, which one it strikes: 0 is the first. */
  readonly plan?: number;
  /** How many steps of it are computed before; left out, the plan is not even loaded. */
  readonly after?: number;
}

export function faulty(engine: Engine, { code, plan: struck = 0, after }: InjectedFault): Engine {
  let loaded = 0;
  return {
    ...engine,
    async load(plan) {
      if (loaded++ !== struck) return engine.load(plan);
      if (after === undefined) throw new EngineError(code, 'as it was told');
      const executable = await engine.load(plan);
      let left = after;
      return {
        ...executable,
        async advance(steps, feeds = {}) {
          const taken = Math.min(steps, left);
          left -= taken;
          const log = await executable.advance(taken, firstRows(feeds, taken, steps));
          if (taken < steps) throw new EngineError(code, 'as it was told', log);
          return log;
        },
      };
    },
  };
}

const firstRows = (feeds: Feeds, taken: number, steps: number): Feeds =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, data]) => [
      name,
      Array.from(data).slice(0, (data.length / steps) * taken),
    ]),
  );

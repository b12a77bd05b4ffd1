import { describe, expect, it } from 'vitest';
import { createThrottle } from './throttle.ts';

describe('throttle', () => {
  function held() {
    let time = 0;
    let turns = 0;
    const paused: number[] = [];
    const throttle = createThrottle({
      now: () => time,
      yieldToEventLoop: async () => void turns++,
      onPaused: (step) => paused.push(step),
    });
    const pass = (ms: number) => {
      time += ms;
    };
    return { throttle, paused, turns: () => turns, pass };
  }
  const settled = async (promise: Promise<void> | undefined) => {
    let done = false;
    void promise?.then(() => {
      done = true;
    });
    await Promise.resolve();
    await Promise.resolve();
    return promise === undefined || done;
  };

  it('lets the event loop turn only when its interval has passed', async () => {
    const { throttle, turns, pass } = held();
    expect(throttle.yieldNow(1)).toBeUndefined();
    pass(20);
    await throttle.yieldNow(2);
    expect(turns()).toBe(1);
    expect(throttle.yieldNow(3)).toBeUndefined();
  });

  it('holds, takes one step, and goes on', async () => {
    const { throttle, paused } = held();
    throttle.pause();
    expect(throttle.isPaused()).toBe(true);
    const first = throttle.yieldNow(1);
    expect(await settled(first)).toBe(false);
    throttle.step();
    expect(await settled(first)).toBe(true);
    const second = throttle.yieldNow(2);
    expect(await settled(second)).toBe(false);
    throttle.resume();
    expect(await settled(second)).toBe(true);
    expect(throttle.yieldNow(3)).toBeUndefined();
    expect(paused).toEqual([1, 2]);
  });

  it('remembers steps asked for before the run was held', async () => {
    const { throttle, paused } = held();
    throttle.pause();
    throttle.step();
    expect(throttle.yieldNow(1)).toBeUndefined();
    expect(await settled(throttle.yieldNow(2))).toBe(false);
    expect(paused).toEqual([2]);
  });

  it('lets strides grow to a quarter of its interval, and takes single steps while it is paused', async () => {
    const { throttle, pass } = held();
    let step = 0;
    const strides = [];
    for (let i = 0; i < 8; i++) {
      const stride = throttle.stride();
      strides.push(stride);
      step += stride;
      pass(0.25 * stride);
      await throttle.yieldNow(step);
    }
    expect(strides).toEqual([1, 2, 4, 8, 16, 16, 16, 16]);
    throttle.pause();
    expect(throttle.stride()).toBe(1);
    throttle.resume();
    expect(throttle.stride()).toBe(16);
  });

  it('stops a held run', async () => {
    const { throttle } = held();
    throttle.pause();
    const hold = throttle.yieldNow(1);
    throttle.stop();
    expect(await settled(hold)).toBe(true);
    expect(throttle.signal.aborted).toBe(true);
    expect(throttle.yieldNow(2)).toBeUndefined();
  });
});

/** Work that may take longer than a frame, done a few milliseconds at a time so that keys are answered in between. */

/** Milliseconds of a frame that a slice may take. */
const BUDGET = 4;

/** Runs the work to its end, beginning in a moment, and hands its result on; what this returns stops it. */
export function inSlices<T>(work: Generator<unknown, T>, done: (result: T) => void): () => void {
  const goOn = () => {
    const until = performance.now() + BUDGET;
    do {
      const step = work.next();
      if (step.done) return done(step.value);
    } while (performance.now() < until);
    timer = setTimeout(goOn);
  };
  let timer = setTimeout(goOn);
  return () => clearTimeout(timer);
}

/** Runs the work to its end at once. */
export function atOnce<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

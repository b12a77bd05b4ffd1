/**
 * Seconds of processor time that this process has used; in a browser, which does not tell, seconds of the clock.
 * On a machine that others use too, shares of what a processor can do make sense only by the former.
 */
export function processorSeconds(): number {
  if (typeof process === 'undefined') return performance.now() / 1000;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

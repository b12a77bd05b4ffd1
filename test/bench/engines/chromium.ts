/** The JavaScript engines in workers of a headless Chromium, behind the same requests as in Node. */
import type { Names } from './contender.ts';
import type { Remote } from './node-host.ts';
export async function startChromium(
  names: readonly Names[],
  cases: string,
  peers: string,
): Promise<Map<Names, Remote>> {
  throw new Error(`later ${names} ${cases} ${peers}`);
}

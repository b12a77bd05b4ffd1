/** For the tests that bundle what they run in a thread of its own. */
export function bundle(
  name: string,
  entry: string,
  outDir: string,
  more?: { readonly external?: readonly string[]; readonly others?: Readonly<Record<string, string>> },
): Promise<unknown>;

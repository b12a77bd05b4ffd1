/** Reads a number that somebody guessed. */

/** A number as people write one: `1.37e7`, `1 372 000`, `−3`, `1,5`; undefined for what is none. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/[\s\u2009\u202f_]/g, '')
    .replace(/\u2212/g, '-')
    .replace(/^([^,.]*),([^,.]*)$/, '$1.$2')
    .replace(/(?:×|\*)10\^?/, 'e');
  const number = Number(plain);
  return plain === '' || !Number.isFinite(number) ? undefined : number;
}

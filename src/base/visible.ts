/**
 * Text that a user, a file or another program wrote, made fit to be shown: characters that command a terminal, break a
 * line, turn the direction of writing, or cannot be seen stand as escapes of JSON. Within a string of JSON the result
 * means the same as before.
 */

/**
 * By Unicode's general categories: controls (C0, DEL, C1), halves of surrogate pairs, line and paragraph separators, and
 * format characters: bidirectional controls, what has no width, tags. Joiners (U+200C, U+200D) shape what is seen, and
 * the marks of Arabic and Syriac numbers are seen themselves.
 */
const hidden =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u200c\u200d])\p{Cf}/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string): string =>
  short[character] ??
  Array.from({ length: character.length }, (_, i) => {
    const unit = character.charCodeAt(i).toString(16);
    return `\\u${unit.padStart(4, '0')}`;
  }).join('');

/** Most names and numbers: what `hidden` would find nothing in, told far faster. */
const plain = /^[ -~]*$/;

/** One line of text with nothing hidden in it. Doing it twice changes nothing more. */
export const visible = (text: string): string => (plain.test(text) ? text : text.replace(hidden, escaped));

/** The same for text of several lines, whose breaks are meant. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** Remedies by code, apart from messages: the page fetches them when its first screen is there (vite.config.ts). */
import { type Code, codes } from './codes.ts';
import type { Text } from './text.ts';

export const remedies = Object.fromEntries(
  Object.entries(codes).map(([code, { remedy }]) => [code, remedy]),
) as Readonly<Record<Code, Text>>;

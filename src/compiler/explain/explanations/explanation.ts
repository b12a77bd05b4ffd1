/** What is told of a code beside its words. */
import type { Text } from '../../../base/text.ts';

export interface Explanation {
  readonly title: Text;
  readonly why: Text;
}

export const explain = (title: Text, why: Text): Explanation => ({ title, why });

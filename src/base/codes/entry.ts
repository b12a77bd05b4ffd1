/** An entry of the registry of diagnostics: the severity of a code, and its words. */
import type { Text } from '../text.ts';

export type Severity = 'error' | 'warning' | 'info';

/** The words of a code. Their types are the words themselves, so that `ValuesOfCode` can read the placeholders. */
export interface Entry<Message extends Text = Text, Remedy extends Text = Text> {
  readonly severity: Severity;
  readonly message: Message;
  readonly remedy: Remedy;
}

const entry =
  (severity: Severity) =>
  <Message extends Text, Remedy extends Text>(message: Message, remedy: Remedy): Entry<Message, Remedy> => ({
    severity,
    message,
    remedy,
  });
export const error = entry('error');
export const warning = entry('warning');
export const info = entry('info');

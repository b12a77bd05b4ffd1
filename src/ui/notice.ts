/** The sentence in the status line. */
import { create } from 'zustand';

/** `at` tells a sentence from its like. */
export const useNotice = create<{ readonly message: string; readonly at: number } | undefined>()(
  () => undefined,
);

let said = 0;

export const notify = (message: string): void => useNotice.setState({ message, at: ++said }, true);
export const dismiss = (): void => useNotice.setState(undefined, true);

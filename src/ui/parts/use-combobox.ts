/** A list that is moved through by the keyboard while the focus stays where it is: arrows, Enter, and what is chosen. */
import { type KeyboardEvent, useId, useState } from 'react';

interface Combobox {
  readonly listId: string;
  readonly chosen: number;
  choose(index: number): void;
  optionId(index: number): string;
  /** Names the chosen option to a screen reader. */
  readonly active: string | undefined;
  /** Takes the arrows and Enter, and says whether the key was one of them. */
  onKey(event: KeyboardEvent): boolean;
}

/** `count`: how many options are shown; `take`: the chosen one is wanted. */
export function useCombobox(count: number, take: (index: number) => void): Combobox {
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const optionId = (index: number) => `${id}-${index}`;
  const move = (to: number) => {
    const next = (to + count) % Math.max(1, count);
    setChosen(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  return {
    listId: `${id}-list`,
    chosen,
    choose: setChosen,
    optionId,
    active: count > 0 ? optionId(chosen) : undefined,
    onKey({ key }) {
      if (key === 'ArrowDown') move(chosen + 1);
      else if (key === 'ArrowUp') move(chosen - 1);
      else if (key === 'Enter') take(chosen);
      else return false;
      return true;
    },
  };
}

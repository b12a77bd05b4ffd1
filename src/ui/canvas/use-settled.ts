/** Whether a value has stood still for a moment: what is costly and may lag waits for it. */
import { useEffect, useState } from 'react';

/** Milliseconds. */
const PAUSE = 120;

export function useSettled(value: unknown): boolean {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return Object.is(settled, value);
}

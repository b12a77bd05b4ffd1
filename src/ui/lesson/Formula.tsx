/** A formula: TeX as MathML. Until the converter has come, and where the TeX is wrong, its source stands there. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

type Converter = typeof import('temml')['default'];

// Fetched beside the lesson, not before it.
const fetching = import('temml');
let converter: Converter | undefined;

function useConverter(): Converter | undefined {
  const [known, setKnown] = useState(() => converter);
  useLayoutEffect(() => {
    if (known) return;
    void fetching.then((module) => {
      converter = module.default;
      setKnown(() => converter);
    });
  }, [known]);
  return known;
}

/** Smaller than this a formula is not set to fit its line: then it is scrolled. */
const smallest = 0.65;

/** A formula that is wider than its line is set smaller. */
function useFitted(ref: RefObject<HTMLElement | null>, isOn: boolean, tex: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another formula has another width.
  useLayoutEffect(() => {
    const line = ref.current;
    if (!line || !isOn) return;
    const setSize = () => {
      line.style.fontSize = '';
      const part = line.clientWidth / line.scrollWidth;
      if (part < 1) line.style.fontSize = `${Math.max(smallest, Math.floor(98 * part) / 100)}em`;
    };
    setSize();
    let { clientWidth } = line;
    const observer = new ResizeObserver(() => {
      if (line.clientWidth !== clientWidth) setSize();
      ({ clientWidth } = line);
    });
    observer.observe(line);
    return () => observer.disconnect();
  }, [ref, isOn, tex]);
}

/** Marks matrices by what stands around them, for the style sheet to draw: parentheses, or bars. */
function markFences(formula: HTMLElement): void {
  for (const table of formula.querySelectorAll('mtable')) {
    const fences = `${table.previousElementSibling?.textContent}${table.nextElementSibling?.textContent}`;
    if (['()', '||'].includes(fences)) table.setAttribute('data-fences', fences);
  }
}

/** Bounds on what a hostile document can make of it: expansions of macros, and sizes in em. */
const limits = { maxExpand: 300, maxSize: [20, 20] as [number, number], trust: false };

interface FormulaProps {
  readonly tex: string;
  /** On a line of its own. */
  readonly display?: boolean;
}

export function Formula({ tex, display = false }: FormulaProps) {
  const ref = useRef<HTMLSpanElement>(null);
  const temml = useConverter();
  const [problem, setProblem] = useState<string>();
  useLayoutEffect(() => {
    if (!temml || !ref.current) return;
    try {
      temml.render(tex, ref.current, { ...limits, displayMode: display, throwOnError: true });
      markFences(ref.current);
      setProblem(undefined);
    } catch (error) {
      ref.current.textContent = tex;
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [temml, tex, display]);
  useFitted(ref, display && temml !== undefined, tex);
  const bad = problem !== undefined;
  return (
    <span
      ref={ref}
      className={`formula${display ? ' formula-display' : ''}${bad ? ' formula-bad' : ''}`}
      title={problem}
    >
      {!temml && tex}
    </span>
  );
}

/** A formula: TeX as MathML. Until the converter has come, and where the TeX is wrong, its source stands there. */
import { useLayoutEffect, useRef, useState } from 'react';

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
      setProblem(undefined);
    } catch (error) {
      ref.current.textContent = tex;
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [temml, tex, display]);
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

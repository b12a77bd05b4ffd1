/** For each code of the registry: what it is called, and why it matters. A code without an entry is a type error. */
import type { Code } from '../../base/codes.ts';
import { documentExplanations } from './explanations/document-explanations.ts';
import type { Explanation } from './explanations/explanation.ts';
import { graphExplanations } from './explanations/graph-explanations.ts';
import { heldBackExplanations } from './explanations/held-back-explanations.ts';
import { lessonExplanations } from './explanations/lesson-explanations.ts';
import { predictExplanations } from './explanations/predict-explanations.ts';
import { runExplanations } from './explanations/run-explanations.ts';
import { shapeExplanations } from './explanations/shape-explanations.ts';

export const explanations: Readonly<Record<Code, Explanation>> = {
  ...documentExplanations,
  ...graphExplanations,
  ...shapeExplanations,
  ...heldBackExplanations,
  ...lessonExplanations,
  ...runExplanations,
  ...predictExplanations,
};

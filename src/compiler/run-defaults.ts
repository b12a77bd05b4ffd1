/** How a run goes where the document does not say. */
export const runDefaults = { steps: 200, seed: 1, evaluateEvery: 50 };

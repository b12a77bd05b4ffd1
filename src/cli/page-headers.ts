/** What the page is served with, by the command line's server and by Vite's. */

/** What the page may load and do. React and React Flow set styles by script, which needs no permission of its own. */
const policy = {
  'default-src': "'none'",
  // WebAssembly is compiled from bytes that the page computes; no text is ever run as a script.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  // The icon of the page, and pictures that it draws.
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; '),
  // Isolated, so that threads may share memory.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

import type { Plugin } from 'vite';

export declare const withoutParts: (...names: readonly string[]) => Plugin;
export declare const withoutTorch: () => Plugin;
export declare const withoutDocs: () => Plugin;
export declare const withoutRemedies: () => Plugin;

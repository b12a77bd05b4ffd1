import type { Plugin } from 'vite';

export declare const withoutParts: (...names: readonly string[]) => Plugin;

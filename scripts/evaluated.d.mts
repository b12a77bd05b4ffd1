import type { Plugin } from 'vite';

export declare const evaluated: (which: RegExp) => Plugin;

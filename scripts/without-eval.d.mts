import type { Plugin } from 'vite';

export declare const withoutEval: () => Plugin;

import type { Plugin } from 'vite';

export declare const withoutExamples: () => Plugin;

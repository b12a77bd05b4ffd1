import type { Plugin } from 'vite';

export declare const withoutJsonSchema: () => Plugin;

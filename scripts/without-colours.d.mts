import type { Plugin } from 'vite';

export declare const withoutColours: () => Plugin;

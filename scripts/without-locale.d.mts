import type { Plugin } from 'vite';

export declare const withoutLocale: () => Plugin;

import type { Plugin } from 'vite';

export declare const licences: (seen?: Set<string>, options?: { readonly writes?: boolean }) => Plugin;

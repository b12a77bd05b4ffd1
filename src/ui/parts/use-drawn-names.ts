/** Messages about the open document, in the language of the page, with nodes called as their cards are. */
import { useCallback } from 'react';
import type { Text } from '../../base/text.ts';
import { useLocale } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import { asDrawn } from './drawn-names.ts';

export function useDrawnNames(): (text: Text) => string {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  return useCallback((text) => asDrawn(document, text, locale), [document, locale]);
}

/** The view models of what is drawn: of the document, and of a preview of a fix where there is one. */
import { useCallback, useMemo, useRef } from 'react';
import type { Locale } from '../../../base/text.ts';
import { type EditorState, previewOf } from '../../../editor/index.ts';
import type { CanvasProps } from '../props.ts';
import { cardSizes } from './card-sizes.ts';
import { createViewModel } from './view-model.ts';
import { withPreview } from './with-preview.ts';

export function useModels(state: EditorState, locale: Locale, fix: CanvasProps['preview']) {
  const modelOf = useMemo(createViewModel, []);
  const previewModelOf = useMemo(createViewModel, []);
  const measure = useMemo(() => cardSizes(locale), [locale]);
  const preview = useMemo(() => fix && previewOf(state, fix.edits, measure), [state, fix, measure]);
  const real = modelOf(state, locale);
  const model = useMemo(
    () => (preview ? withPreview(previewModelOf(preview.state, locale), preview) : real),
    [preview, previewModelOf, locale, real],
  );
  const latest = useRef(model);
  latest.current = model;
  /** For handlers: the model that was drawn last. */
  const latestModel = useCallback(() => latest.current, []);
  return { real, model, preview, latestModel };
}

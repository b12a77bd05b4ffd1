/** What every card and wire needs and none owns. It changes rarely: a language, a new index name, far zoom. */
import { createContext, useContext } from 'react';
import type { Locale } from '../../base/text.ts';
import type { Editor, Point, SizeSource } from '../../editor/index.ts';
import type { Hues } from '../ribbon/index-hues.ts';
import type { WireGeometry } from './geometry/labels.ts';
import type { RectIndex } from './geometry/rect-index.ts';
import type { HeldWire, Store, Values } from './model/stores.ts';
import type { CheckVerdict, Lit } from './props.ts';

export interface Hover {
  readonly edge?: string;
  /** The wire that a node is held over, where it is held on the screen, and whether it would go in between. */
  readonly drop?: { readonly edge: string; readonly fits: boolean; readonly at: Point };
}

/** A size on the label of a wire that is being edited: of the axis at this position. */
export interface EditedSize {
  readonly edge: string;
  readonly position: number;
  readonly source: SizeSource;
}

export interface SizeEditing {
  readonly store: Store<EditedSize | undefined>;
  /** Begins with the size at a position; tells why where there is nothing to be set. */
  edit(edge: string, position: number): void;
  /** `back`: the wire that has the focus next. */
  close(back: string | undefined): void;
}

export interface CanvasServices {
  readonly editor: Editor;
  readonly locale: Locale;
  readonly hues: Hues;
  /** So far zoomed out that threads and words would only flicker. */
  readonly far: boolean;
  readonly values: Store<Values>;
  readonly checks: Store<readonly CheckVerdict[]>;
  readonly held: HeldWire;
  readonly hover: Store<Hover>;
  readonly geometry: Store<WireGeometry>;
  /** The cards as they lie now, for wires whose ends move. */
  obstacles(): RectIndex;
  readonly sizes: SizeEditing;
  /** What a lesson speaks of, while its level is shown. */
  readonly lit: Store<Lit>;
}

export const CanvasContext = createContext<CanvasServices | undefined>(undefined);

export function useCanvas(): CanvasServices {
  const services = useContext(CanvasContext);
  if (!services) throw new Error('internal: a part of the canvas stands outside it');
  return services;
}

/** Where nodes lie on the canvas, in its units, as far as the document says. */

/** The upper left corner of a card, or any place. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A typical card, and what is kept free around each. */
export const card = { width: 190, height: 110, margin: 16 } as const;

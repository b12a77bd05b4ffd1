/** The few line drawings of the frame, in the colour of the text around them. */
const paths = {
  undo: 'M4.5 3 2 5.5 4.5 8M2.4 5.5h7a3.6 3.6 0 0 1 0 7.2H6',
  redo: 'M11.5 3 14 5.5 11.5 8M13.6 5.5h-7a3.6 3.6 0 0 0 0 7.2H10',
  gallery: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
  open: 'M2 12.8V3.4h4l1.4 1.8h6.2v2M2 12.8l2-5.6h11l-2 5.6z',
  save: 'M8 2.5v7.2M5 7l3 3 3-3M2.5 11v2.5h11V11',
  system: 'M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3',
  light:
    'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1',
  dark: 'M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6 5.8 5.8 0 1 0 13.4 9.6z',
  more: 'M3.4 8h.1M8 8h.1M12.6 8h.1',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  search: 'M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.3 10.3l3.2 3.2',
  run: 'M4.5 2.8v10.4l8.6-5.2z',
  'go-on': 'M2.5 3v10l5.5-5zM8.5 3v10l5.5-5z',
  pause: 'M5 3v10M11 3v10',
  step: 'M3.5 3v10l6.5-5zM12.5 3v10',
  'step-back': 'M12.5 3v10L6 8zM3.5 3v10',
  stop: 'M3.6 3.6h8.8v8.8H3.6z',
  down: 'M3.5 6 8 10.5 12.5 6',
  up: 'M3.5 10.5 8 6l4.5 4.5',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  plus: 'M8 3v10M3 8h10',
  remove: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.4 4.5l.6 8.5h6l.6-8.5',
  larger: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13.2 2.8 9.4 6.6M2.8 13.2l3.8-3.8',
  smaller: 'M13.5 6.5h-4v-4M2.5 9.5h4v4M9.8 6.2l3.7-3.7M6.2 9.8l-3.7 3.7',
  arrow: 'M2.5 8h11M9.5 4l4 4-4 4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

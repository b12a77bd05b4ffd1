/** The dock's Pictures: all of the document side by side, under one clock. */
import { useEffect, useRef } from 'react';
import { registryOf } from '../../catalogue/index.ts';
import { nodeAt } from '../../document/levels.ts';
import type { EditorState } from '../../editor/index.ts';
import { useT } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import { ClockBar } from './ClockBar.tsx';
import { PictureView } from './PictureView.tsx';
import { words } from './picture-strings.ts';
import './pictures.css';

/** Paths of all picture nodes, in one text so that equal lists are equal. */
const picturesIn = ({ document, checked }: EditorState): string => {
  const registry = registryOf(document);
  const isPicture = (path: string) =>
    registry.find(nodeAt(document, path)?.type ?? '')?.picture !== undefined;
  return Object.keys(checked.nodes).filter(isPicture).join('\n');
};

export function PicturesPanel() {
  const t = useT();
  const listed = useEditorState(picturesIn);
  const paths = listed === '' ? [] : listed.split('\n');
  const selected = useEditorState(({ selection, view }) => {
    const [id] = selection.nodes;
    return id === undefined ? undefined : view.pathOf(id);
  });
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = [...(row.current?.children ?? [])].find(
      (child) => child.getAttribute('data-node') === selected,
    );
    at?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  if (paths.length === 0) return <p className="dock-empty">{t(words.none)}</p>;
  return (
    <div className="pictures">
      <ClockBar />
      <div className="pictures-row" ref={row}>
        {paths.map((path) => (
          <div key={path} className="pictures-item" data-node={path} data-selected={path === selected}>
            <PictureView node={path} />
          </div>
        ))}
      </div>
    </div>
  );
}

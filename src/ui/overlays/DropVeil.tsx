/** What is shown while a file is held over the page, and the listening for it. */
import { useEffect, useState } from 'react';
import { useT } from '../locale.ts';
import { listenForDrops } from '../session/files.ts';
import { workbench } from '../strings/workbench.ts';

export function DropVeil() {
  const t = useT();
  const [hovering, setHovering] = useState(false);
  useEffect(() => listenForDrops(setHovering), []);
  return hovering ? <div className="drop-veil">{t(workbench.dropHere)}</div> : null;
}

/** What the bar has no room for: files of other kinds; on a narrow screen what is on the bar of a wide one, too. */
import { useRef } from 'react';
import { type AppCommand, findCommand } from '../commands.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { useSessionState } from '../session/hooks.ts';
import { workbench } from '../strings/workbench.ts';

const always: readonly AppCommand['id'][] = ['addData', 'saveBundle', 'saveState', 'exportTorch'];
const narrow: readonly AppCommand['id'][] = ['fit', 'commands', 'theme', 'language', 'help'];
const items: readonly AppCommand['id'][] = ['open', 'save', ...always, ...narrow];

export function MoreMenu() {
  const t = useT();
  const isTrained = useSessionState((s) => s.trained !== undefined);
  const menu = useRef<HTMLDivElement>(null);
  return (
    <div>
      <button type="button" className="icon-button" popoverTarget="more-menu" aria-label={t(workbench.more)}>
        <Icon name="more" />
      </button>
      <div id="more-menu" ref={menu} popover="auto" className="menu">
        {items
          .filter((id) => id !== 'saveState' || isTrained)
          .map((id) => (
            <button
              key={id}
              type="button"
              className={always.includes(id) ? 'menu-item' : 'menu-item narrow-only'}
              onClick={() => {
                menu.current?.hidePopover();
                findCommand(id).run();
              }}
            >
              {t(findCommand(id).title)}
            </button>
          ))}
      </div>
    </div>
  );
}

/** What the bar has no room for on a narrow screen. */
import { useRef } from 'react';
import { type AppCommand, findCommand } from '../commands.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { workbench } from '../strings/workbench.ts';

const items: readonly AppCommand['id'][] = ['open', 'save', 'fit', 'commands', 'theme', 'language', 'help'];

export function MoreMenu() {
  const t = useT();
  const menu = useRef<HTMLDivElement>(null);
  return (
    <div className="narrow-only">
      <button type="button" className="icon-button" popoverTarget="more-menu" aria-label={t(workbench.more)}>
        <Icon name="more" />
      </button>
      <div id="more-menu" ref={menu} popover="auto" className="menu">
        {items.map((id) => (
          <button
            key={id}
            type="button"
            className="menu-item"
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

/** The status line: a sentence that comes, is spoken, and goes after a while. */
import { useEffect } from 'react';
import { useT } from '../locale.ts';
import { dismiss, useNotice } from '../notice.ts';
import { Icon } from '../parts/Icon.tsx';
import { notices } from '../strings/notices.ts';

/** Milliseconds for the shortest sentence, and for each character more. */
const SHORTEST = 3500;
const PER_CHARACTER = 45;

export function Notice() {
  const t = useT();
  const notice = useNotice();
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(dismiss, SHORTEST + PER_CHARACTER * notice.message.length);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="notice-region" role="status" aria-live="polite">
      {notice && (
        <p className="notice" key={notice.at}>
          {notice.message}
          <button type="button" className="icon-button" aria-label={t(notices.dismiss)} onClick={dismiss}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

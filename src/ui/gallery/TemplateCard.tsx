/** A template in the gallery: a live picture of its graph, its title and one sentence. */
import { useEffect, useState } from 'react';
import type { Template } from '../../../templates/index.ts';
import { useT } from '../locale.ts';
import { openTemplate } from '../session/documents.ts';
import type { Thumbnail } from './thumbnail.ts';

export function TemplateCard({ template }: { readonly template: Template }) {
  const t = useT();
  const [picture, setPicture] = useState<Thumbnail>();
  useEffect(() => {
    let shown = true;
    const draw = async () => {
      const [document, { thumbnailOf }] = await Promise.all([template.load(), import('./thumbnail.ts')]);
      if (shown) setPicture(thumbnailOf(document));
    };
    // A template that will not load says so when it is opened; its card has no picture meanwhile.
    draw().catch(() => undefined);
    return () => {
      shown = false;
    };
  }, [template]);
  return (
    <li>
      <button
        type="button"
        className="template"
        data-template={template.name}
        onClick={() => void openTemplate(template)}
      >
        <span className="template-picture">{picture && <Picture {...picture} />}</span>
        <span className="template-words">
          <span className="template-title">{t(template.title)}</span>
          <span className="template-sentence">{t(template.sentence)}</span>
        </span>
      </button>
    </li>
  );
}

function Picture({ box, unit, cards, threads }: Thumbnail) {
  return (
    <svg viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
      {threads.map((thread) => (
        <path key={thread.id} d={thread.path} fill="none" stroke={thread.color} strokeWidth={thread.width} />
      ))}
      {cards.map((card) => (
        <g key={card.id} className={`thumb-card tl-tint-${card.category}`}>
          <rect x={card.x} y={card.y} width={card.width} height={card.height} rx={3.5 * unit} />
          <text x={card.x + card.width / 2} y={card.y + card.height / 2} fontSize={11 * unit}>
            {card.glyph}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The pictures that a step speaks of, large, under the one clock of all pictures. */
import { useStore } from 'zustand';
import type { Look } from '../../../graph-schema/lesson.ts';
import { nodeAt } from '../../document/levels.ts';
import { ClockBar } from '../pictures/ClockBar.tsx';
import { PictureView } from '../pictures/PictureView.tsx';
import { alongOf } from '../pictures/picture-clock.ts';
import { useClock } from '../pictures/use-picture.ts';
import { useEditorState } from '../session/hooks.ts';

export default function StepPictures({ looks }: { readonly looks: readonly Look[] }) {
  const document = useEditorState((s) => s.document);
  const pictures = looks.flatMap((look) =>
    'picture' in look && nodeAt(document, look.picture) ? [look.picture] : [],
  );
  const clock = useClock();
  const moves = useStore(clock.store, (state) => alongOf(state) !== undefined);
  return (
    <div className="lesson-pictures" data-apart={!looks.some((look) => 'panel' in look) || undefined}>
      {pictures.map((path) => (
        <PictureView key={path} node={path} />
      ))}
      {moves && <ClockBar />}
    </div>
  );
}

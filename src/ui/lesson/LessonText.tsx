/** A lesson of one step: its text beside the graph. */
import { useLocale } from '../locale.ts';
import { useLesson } from './use-lesson.ts';

export default function LessonText({ name }: { readonly name: string }) {
  const locale = useLocale();
  const [step] = useLesson()?.steps ?? [];
  return (
    <>
      <h2 className="panel-title">{step?.title[locale] ?? name}</h2>
      {step && <p className="doc">{step.text[locale]}</p>}
    </>
  );
}

import { expect, it } from 'vitest';
import { z } from 'zod';
import { documentSchema } from './document.ts';
import { writtenLessonSchema } from './lesson.ts';

// The program reads a document whose lesson is none, and says so; authors are told by their editor.
const taught = documentSchema.extend({ lesson: writtenLessonSchema.optional() });

// `npm run build:schema` writes the file; without it a difference is a failure.
it('graph.schema.json is the JSON Schema of the document', async () => {
  const schema = {
    $id: 'graph.schema.json',
    title: 'Tensorloom graph',
    ...z.toJSONSchema(taught, { io: 'input' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('graph.schema.json');
});

import { expect, it } from 'vitest';
import { z } from 'zod';
import { documentSchema } from './document.ts';

// `npm run build:schema` writes the file; without it a difference is a failure.
it('graph.schema.json is the JSON Schema of the document', async () => {
  const schema = {
    $id: 'graph.schema.json',
    title: 'Tensorloom graph',
    ...z.toJSONSchema(documentSchema, { io: 'input' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('graph.schema.json');
});

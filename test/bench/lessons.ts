/**
 * `npm run bench -- lessons`: what a lesson takes from its file to the drawing that is checked (`openMs`), and from
 * there to the first values and checks, as the page's worker gives them (`firstMs`; NaN where it gives none unasked). Each lesson is measured as the
 * first that a fresh worker is asked for, but for the engine, which is warm; the median of five.
 * `--json`: {"lessons": [{"name", "openMs", "firstMs"}]}.
 */

import { installEverything } from '../../src/catalogue/everything.ts';
import { check } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { createHost } from '../../src/worker/host.ts';
import type { Reply } from '../../src/worker/protocol.ts';
import { templates } from '../../templates/index.ts';
import type { Template } from '../../templates/template.ts';
import { columns } from './engines/table.ts';

const ROUNDS = 5;

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

async function measure(template: Template): Promise<{ openMs: number; firstMs: number }> {
  const begun = performance.now();
  const document = await template.load();
  check(document);
  const opened = performance.now();
  const replies: Reply[] = [];
  const host = createHost((reply) => replies.push(reply), {
    now: () => performance.now(),
    yieldToEventLoop: () => new Promise((resolve) => setImmediate(resolve)),
    engine: (name) => engines[name](),
  });
  host.receive({ type: 'document', document });
  host.receive({ type: 'evaluate', id: 1 });
  await host.idle();
  const firstMs = performance.now() - opened;
  return { openMs: opened - begun, firstMs: replies[0]?.type === 'evaluated' ? firstMs : Number.NaN };
}

installEverything();
await engines.wasm();
const found: { name: string; openMs: number; firstMs: number }[] = [];
for (const template of templates.filter(({ lesson }) => lesson)) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(template));
  const [openMs, firstMs] = [
    median(rounds.map((round) => round.openMs)),
    median(rounds.map((round) => round.firstMs)),
  ];
  found.push({ name: template.name, openMs, firstMs });
}
if (process.argv.includes('--json')) console.log(JSON.stringify({ lessons: found }));
else {
  const rows = found.map(({ name, openMs, firstMs }) => [name, openMs.toFixed(1), firstMs.toFixed(1)]);
  console.log(columns([['lesson', 'open ms', 'first values ms'], ...rows]));
}

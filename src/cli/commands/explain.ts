/** `tensorloom explain`: what a diagnostic's code means, with an example and its remedy. */
import { codes } from '../../base/codes.ts';
import { locales } from '../../base/text.ts';
import { explanations } from '../../compiler/explain/explanations.ts';
import { isCode, pageOf } from '../../compiler/explain/index.ts';
import { markdownOf } from '../../compiler/explain/markdown.ts';
import { type CliCommand, choiceOption, UsageError } from '../command.ts';
import { table } from '../format.ts';

export const explain: CliCommand = {
  usage: 'explain [CODE]',
  about: 'say what the code of a diagnostic means; without one, list them all',
  operands: { min: 0, max: 1 },
  options: { language: { type: 'string', value: 'en|zh', help: 'the language of the page (en)' } },
  async run(call) {
    const locale = choiceOption(call, 'language', locales) ?? 'en';
    const [code] = call.operands;
    if (code === undefined) {
      const rows = Object.entries(explanations).map(([name, { title }]) => [name, title[locale]] as const);
      return { ok: true, diagnostics: [], json: { codes: Object.fromEntries(rows) }, text: table(rows) };
    }
    if (!isCode(code))
      throw new UsageError(
        `there is no code "${code}"; "tensorloom explain" lists the ${Object.keys(codes).length} there are`,
      );
    const { severity, title, why, remedy, said, fixes } = pageOf(code);
    return {
      ok: true,
      diagnostics: [],
      json: {
        code,
        severity,
        title: title[locale],
        why: why[locale],
        remedy: remedy[locale],
        says: said?.message[locale] ?? null,
        fixes: fixes.map((fix) => fix.title[locale]),
      },
      text: markdownOf(code, locale),
    };
  },
};

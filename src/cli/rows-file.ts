/** Rows of a table as inputs of a prediction, and what the classes of its outputs are called. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { type Text, text } from '../base/text.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import type { FileReading, TensorData } from '../datasets/formats/elements.ts';
import { isMissing, readNumber } from '../datasets/table/cells.ts';
import { encodingOf } from '../datasets/table/decode.ts';
import { type RowsToPredict, rowsToPredict } from '../datasets/table/read-table.ts';
import { recipeSchema, type TableRecipe } from '../datasets/table/recipe.ts';
import { rowsOf, sniff } from '../datasets/table/sniff.ts';
import type { Checkpoint } from '../runtime/index.ts';

export const isTable = (file: string): boolean => /\.(csv|tsv|txt)$/i.test(file);

const cure = text(
  'Give the columns of the table that the graph was trained on; the one that it tells may be left out.',
  '请给出训练此图所用表格的各列；要预测的一列可以省略。',
);
const wrong = (en: string, zh: string) => ({ error: text(en, zh), cure });

/** How the document reads the table of the data set node that a name such as `data.x` begins with. */
function recipeOf({ nodes, data = {} }: GraphDocument, name: string): TableRecipe | undefined {
  const spelling = name.slice(0, name.lastIndexOf('.'));
  const node = Object.hasOwn(nodes, spelling)
    ? nodes[spelling]
    : Object.values(nodes).find(({ label }) => label === spelling);
  const id = node?.params.data;
  if (typeof id !== 'string' || !Object.hasOwn(data, id)) return undefined;
  return recipeSchema.safeParse(data[id]?.source.table).data;
}

/** `name`: of the input, such as `data.x`. Without a table of the document behind it all columns must be numbers. */
export function readRows(document: GraphDocument, name: string, bytes: Uint8Array): FileReading<TensorData> {
  const recipe = recipeOf(document, name);
  const encoding = encodingOf(bytes) === 'utf-8' ? (recipe?.encoding ?? 'utf-8') : encodingOf(bytes);
  const { value: decoded, diagnostics } =
    encoding === 'utf-8'
      ? decodeUtf8(bytes)
      : { value: new TextDecoder(encoding).decode(bytes), diagnostics: [] };
  if (decoded === undefined) return { error: diagnostics[0]?.message as Text, cure };
  if (!recipe) return readNumbers(decoded);
  // Another program may write the same columns with other separators.
  const form = sniff(decoded);
  const separates = decoded.includes(recipe.delimiter) || recipe.fields.length === 1;
  const read = rowsToPredict(decoded, separates ? recipe : { ...recipe, ...form, header: recipe.header });
  return 'x' in read ? arrayOf(read.x, read.rows) : whyNot(read);
}

const arrayOf = (data: Float32Array, rows: number): FileReading<TensorData> =>
  rows === 0 ? wrong('it has no rows', '其中没有行') : { value: { shape: [rows, data.length / rows], data } };

function whyNot(read: Exclude<RowsToPredict, { readonly x: Float32Array }>): FileReading<TensorData> {
  if ('missingField' in read)
    return wrong(`it has no column “${read.missingField}”`, `其中没有列 “${read.missingField}”`);
  if ('wrongWidth' in read) {
    const { line, found, wanted } = read.wrongWidth;
    return wrong(
      `line ${line} has ${found} fields, not ${wanted}`,
      `第 ${line} 行有 ${found} 个字段，应为 ${wanted} 个`,
    );
  }
  const { line, field, cell } = read.unknown;
  return isMissing(cell)
    ? wrong(`“${field}” is missing in line ${line}`, `第 ${line} 行缺少 “${field}”`)
    : wrong(
        `“${cell}” in line ${line} is nothing that “${field}” was in training`,
        `第 ${line} 行的 “${cell}” 不是训练时 “${field}” 的取值`,
      );
}

function readNumbers(decoded: string): FileReading<TensorData> {
  const { delimiter, decimal, header } = sniff(decoded);
  const rows = rowsOf(decoded, delimiter).slice(header ? 1 : 0);
  const width = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * width);
  for (const [r, row] of rows.entries()) {
    if (row.length !== width)
      return wrong(
        `row ${r + 1} has ${row.length} fields, not ${width}`,
        `第 ${r + 1} 行有 ${row.length} 个字段，应为 ${width} 个`,
      );
    for (const [c, cell] of row.entries()) {
      const value = readNumber(cell, decimal);
      if (Number.isNaN(value)) {
        const shown = cell.slice(0, 40);
        return wrong(`“${shown}” in row ${r + 1} is no number`, `第 ${r + 1} 行的 “${shown}” 不是数`);
      }
      data[r * width + c] = value;
    }
  }
  return arrayOf(data, rows.length);
}

/** The name of the greatest in each row, where the rows are as long as the one list of class names that training knew. */
export function predictedClasses(
  { shape, data }: TensorData,
  facts: Checkpoint['data'],
): readonly string[] | undefined {
  const width = shape.at(-1) ?? 0;
  const fitting = Object.values(facts).flatMap(({ names }) =>
    names?.length === width && width > 1 ? [names] : [],
  );
  const [names, ...others] = fitting;
  if (!names || shape.length < 2 || others.some((other) => other.join('\0') !== names.join('\0')))
    return undefined;
  return Array.from({ length: data.length / width }, (_, r) => {
    const row = data.subarray(r * width, (r + 1) * width);
    return names[row.indexOf(Math.max(...row))] ?? '?';
  });
}

/** The whole script: helpers, classes, data, training, evaluation and the command line. */

import { pythonCall, tensorCode, tuple } from '../../catalogue/torch.ts';
import type { DataSpec } from '../../compiler/types.ts';
import type { WrittenClass } from './class-writer.ts';
import { layOut } from './lay-out.ts';
import { indented, initCode, quoted } from './python.ts';
import type { ScriptParts, TorchArgument, TorchOptimizer } from './script-parts.ts';

export interface ScriptOptions {
  readonly title: string;
  readonly description: string;
  readonly steps: number;
  readonly seed: number;
  readonly dtype: string;
  readonly evaluateEvery: number;
  /** Names of the files beside the script. */
  readonly dataFile: string;
  readonly weightsFile: string | undefined;
}

/** Data nodes that draw the same rows in each step. */
export interface RowGroup {
  readonly name: string;
  readonly specs: readonly DataSpec[];
}

/** What the run part of the script is made of. */
interface Run extends ScriptOptions {
  readonly model: WrittenClass;
  readonly groups: readonly RowGroup[];
  readonly parts: ScriptParts;
}

const readTensors = `def read_tensors(path):
    """The tensors of a safetensors file, by name."""
    kinds = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}
    content = bytearray(pathlib.Path(path).read_bytes())
    start = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, about in json.loads(content[8:start]).items():
        if name != "__metadata__":
            bytes_of = content[start + about["data_offsets"][0] : start + about["data_offsets"][1]]
            numbers = torch.empty(0)
            if bytes_of:
                numbers = torch.frombuffer(bytes_of, dtype=kinds[about["dtype"]])
            tensors[name] = numbers.reshape(about["shape"])
    return tensors`;

const shuffled = `def shuffled(rows, size):
    """Rows of each step: every epoch in a new order; a batch at its end goes on with the next."""
    order = rows[:0]
    while True:
        while len(order) < size:
            order = torch.cat([order, rows[torch.randperm(len(rows))]])
        yield order[:size]
        order = order[size:]`;

const parametersOf = `def parameters_of(optimizer):
    """All that an optimizer trains."""
    return [p for group in optimizer.param_groups for p in group["params"]]`;

/** Whether one optimizer trains all that there is. */
const isSimple = ({ model: { optimizers } }: Run): boolean =>
  optimizers.length === 1 && optimizers[0]?.parameters === undefined;

const drawnRows = `def drawn(rows, size):
    """Rows of each step, each drawn from all anew."""
    while True:
        yield rows[torch.randint(len(rows), (size,))]`;

const grouped = `def grouped(model, parameters, settings):
    """Parameters in groups by their own settings, which go by name; a star stands for an index."""
    groups, names = {}, {}
    for name, p in model.named_parameters():
        names[p] = ".".join("*" if part.isdigit() else part for part in name.split("."))
    for p in parameters:
        own = settings.get(names[p], {})
        groups.setdefault(str(own), dict(own, params=[]))["params"].append(p)
    return list(groups.values())`;

const averages = `class Averages:
    """Averages of weights over the steps: evaluated, and saved, in their place."""

    def __init__(self, optimizer, start, decay=None):
        self.weights = [p for group in optimizer.param_groups for p in group["params"]]
        self.values = [p.detach().clone() for p in self.weights]
        self.start, self.decay, self.steps = start, decay, 0

    @torch.no_grad()
    def update(self):
        self.steps += 1
        seen = max(1, self.steps - self.start)
        rate = 1 / seen if self.decay is None else 1 - self.decay
        for value, p in zip(self.values, self.weights):
            value.copy_(p if seen == 1 else value + rate * (p - value))

    @torch.no_grad()
    def swap(self):
        """Weights and averages change places."""
        for value, p in zip(self.values, self.weights):
            weight = p.clone()
            p.copy_(value)
            value.copy_(weight)`;

const isAveraged = ({ model }: Run): boolean => model.optimizers.some(({ average }) => average);

const swapped = (run: Run): string[] =>
  isAveraged(run) ? ['for averages in model.averages:', '    averages.swap()'] : [];

export function writeScript(run: Run): string {
  const { model, groups, parts, title, description } = run;
  const trains = model.optimizers.length > 0;
  const left = [...parts.leftOut.values()];
  const sections: string[][] = [];
  const intro = [
    `"""${title}, written by Tensorloom for PyTorch 1.13 and later.`,
    ...(description && description !== title ? ['', ...filled(description)] : []),
    ...(left.length > 0 ? ['', 'Left out:', ...left.map((why) => `- ${why.en}`)] : []),
    '"""',
  ];
  const imports = ['argparse', 'json', 'math', 'pathlib'].map((name) => `import ${name}`);
  sections.push([
    ...intro.map((line) => line.replaceAll('\\', '\\\\')),
    ...imports,
    '',
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
  ]);
  for (const code of parts.helpers.keys()) sections.push(code.split('\n'));
  for (const { lines } of parts.classes.values()) sections.push([...lines]);
  sections.push(readTensors.split('\n'));
  if (trains && groups.some(({ specs }) => !specs[0]?.replacement)) sections.push(shuffled.split('\n'));
  if (trains && groups.some(({ specs }) => specs[0]?.replacement)) sections.push(drawnRows.split('\n'));
  if (model.optimizers.some((optimizer) => optimizer.grouped().length > 0))
    sections.push(grouped.split('\n'));
  if (isAveraged(run)) sections.push(averages.split('\n'));
  if (groups.length > 0) sections.push(loadData(run));
  if (trains && !isSimple(run)) sections.push(parametersOf.split('\n'));
  if (trains) sections.push(train(run));
  if (trains && canEvaluate(run)) sections.push(evaluate(run));
  sections.push(main(run, trains));
  const used = sections.slice(1).flat().join('\n');
  const head = (sections[0] as string[]).filter((line) => {
    const [, name] = /^import (\w+)$/.exec(line) ?? [];
    return name === undefined || name === 'torch' || new RegExp(`\\b${name}\\.`).test(used);
  });
  if (!/\bF\./.test(used)) head.splice(head.indexOf('import torch.nn.functional as F'), 1);
  const body = sections.slice(1).map((lines) => layOut(lines).join('\n'));
  return `${[head.join('\n'), ...body].join('\n\n\n')}\n\n\nif __name__ == "__main__":\n    main()\n`;
}

function filled(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) as string;
    if (last.length + word.length >= 98) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => line.replaceAll('"""', "'''"));
}

const argumentsOf = ({ model }: Run, kind: TorchArgument['kind']) =>
  model.arguments.filter((argument) => argument.kind === kind);

/** `x=data["data.x"][rows]` for each column that the model takes. */
function columns(run: Run, rowsOf: (group: RowGroup) => string): string[] {
  return argumentsOf(run, 'data').flatMap((argument) => {
    const group = run.groups.find(({ specs }) => specs.some(({ node }) => node === argument.node));
    if (argument.kind !== 'data' || !group) return [];
    return [`${argument.name}=data[${quoted(`${argument.node}.${argument.column}`)}][${rowsOf(group)}]`];
  });
}

/** Stand-ins of what is given from outside. */
const feeds = (run: Run): string[] =>
  argumentsOf(run, 'feed').flatMap((argument) => {
    if (argument.kind !== 'feed') return [];
    const { name, shape, standIn } = argument;
    return [`${name}=${standIn ? tensorCode(standIn, shape) : initCode({ kind: 'zeros' }, shape)}`];
  });

const loadData = ({ dataFile, groups }: Run): string[] => [
  'def load_data(dtype, device):',
  ...indented([
    `"""Columns by the names of their nodes, and the rows to train on and those that are held back: ${groups
      .map(({ name }) => `${name}.train and ${name}.test`)
      .join(', ')}."""`,
    `data = read_tensors(pathlib.Path(__file__).with_name(${quoted(dataFile)}))`,
    'rows = (".train", ".test")',
    'return {name: x.to(device, torch.long if name.endswith(rows) else dtype) for name, x in data.items()}',
  ]),
];

const optimizerVariable = (run: Run, { name }: TorchOptimizer): string =>
  run.model.optimizers.length === 1 ? 'optimizer' : name === 'optimizer' ? 'optimizer1' : name;

function train(run: Run): string[] {
  const { model, groups } = run;
  const hasData = groups.length > 0;
  const { optimizers } = model;
  const made = optimizers.map((optimizer) => {
    const parameters = optimizer.parameters ? `[${optimizer.parameters.join(', ')}]` : 'model.parameters()';
    const groups = optimizer.grouped();
    if (groups.length === 0) return [`${optimizerVariable(run, optimizer)} = ${optimizer.make(parameters)}`];
    const settings = groups.map(([name, own]) => `${quoted(name)}: ${pythonCall('dict', [], own)},`);
    return [
      'own_settings = {',
      ...indented(settings),
      '}',
      `${optimizerVariable(run, optimizer)} = ${optimizer.make(`grouped(model, ${parameters}, own_settings)`)}`,
    ];
  });
  const averaged = optimizers.filter(({ average }) => average);
  if (averaged.length > 0) {
    const each = averaged.map((optimizer) => {
      const { from, decay } = optimizer.average ?? { from: 0 };
      return pythonCall('Averages', [optimizerVariable(run, optimizer), String(from)], { decay });
    });
    made.push([`model.averages = [${each.join(', ')}]`]);
  }
  const rowsName = (group: RowGroup) => (groups.length === 1 ? 'rows' : `rows_${group.name}`);
  const batches = groups.map((group) => {
    const draw = group.specs[0]?.replacement ? 'drawn' : 'shuffled';
    const batch = group.specs[0]?.batch ?? 1;
    return `batches${groups.length === 1 ? '' : `_${group.name}`} = ${draw}(data[${quoted(`${group.name}.train`)}], ${batch})`;
  });
  const drawn = groups.map(
    (group) => `${rowsName(group)} = next(batches${groups.length === 1 ? '' : `_${group.name}`})`,
  );
  const args = [...columns(run, rowsName), ...feeds(run), ...(model.usesStep ? ['step=step'] : [])];
  const body: string[] = [...drawn];
  const call = `model(${args.join(', ')})`;
  body.push(`results = ${call}`);
  const after: string[] = [];
  for (const optimizer of optimizers) {
    const variable = optimizerVariable(run, optimizer);
    if (optimizer.settings.length > 0)
      body.push(
        `for group in ${variable}.param_groups:`,
        ...optimizer.settings.map(({ key, result }) => {
          const factor = key === 'lr' && optimizer.grouped().length > 0 ? 'group.get("factor", 1.0) * ' : '';
          return `    group[${quoted(key)}] = ${factor}results[${quoted(result)}].item()`;
        }),
      );
    const trained = `[p for group in ${variable}.param_groups for p in group["params"]]`;
    if (optimizer.closure) {
      after.push(
        'def closure():',
        ...indented([
          `${variable}.zero_grad(set_to_none=True)`,
          `loss = ${call}[${quoted(optimizer.loss)}]`,
          `loss.backward()`,
          ...optimizer.clip(trained),
          'return loss',
        ]),
        `${variable}.step(closure)`,
      );
      continue;
    }
    body.push(`${variable}.zero_grad(set_to_none=True)`);
    after.push(...optimizer.clip(trained), `${variable}.step()`);
  }
  const direct = optimizers.filter(({ closure }) => !closure);
  for (const [i, optimizer] of direct.entries()) {
    const only = isSimple(run) ? '' : `inputs=parameters_of(${optimizerVariable(run, optimizer)})`;
    const keep = i < direct.length - 1 ? 'retain_graph=True' : '';
    body.push(`results[${quoted(optimizer.loss)}].backward(${[only, keep].filter(Boolean).join(', ')})`);
  }
  if (averaged.length > 0) after.push('for averages in model.averages:', '    averages.update()');
  body.push(...after, 'yield {name: results[name].item() for name in METRICS}');
  return [
    `METRICS = ${tuple(model.metrics.filter(({ isRate }) => !isRate).map(({ name }) => quoted(name)))}`,
    '',
    '',
    `def train(model, ${hasData ? 'data, ' : ''}steps):`,
    ...indented([
      '"""Trains the model; yields what each step measures before it changes the parameters."""',
      ...made.flat(),
      ...batches,
      'model.train()',
      'for step in range(steps):',
      ...indented(body),
    ]),
  ];
}

/** Whether each metric can be computed on all held-back rows at once. */
const canEvaluate = ({ groups }: Run): boolean =>
  groups.length > 0 &&
  groups.every(({ specs }) => specs.every(({ testFraction }) => testFraction > 0)) &&
  new Set(groups.map(({ specs }) => `${specs[0]?.rows} ${specs[0]?.testFraction}`)).size === 1;

function evaluate(run: Run): string[] {
  const { groups, model } = run;
  const rowsOf = (group: RowGroup) =>
    groups.length === 1 ? 'rows' : `data[${quoted(`${group.name}.test`)}]`;
  const args = [...columns(run, rowsOf), ...feeds(run), ...(model.usesStep ? ['step=step'] : [])];
  return [
    `def evaluate(model, data${model.usesStep ? ', step' : ''}):`,
    ...indented([
      '"""What is measured on the rows that were held back, all at once."""',
      'model.eval()',
      ...swapped(run),
      ...(groups.length === 1 ? [`rows = data[${quoted(`${groups[0]?.name}.test`)}]`] : []),
      `results = model(${args.join(', ')})`,
      ...swapped(run),
      'model.train()',
      'return {name: results[name].item() for name in METRICS}',
    ]),
  ];
}

function main(run: Run, trains: boolean): string[] {
  const { model, groups, steps, seed, dtype, weightsFile, evaluateEvery } = run;
  const hasData = groups.length > 0;
  const option = (name: string, rest: string) => `parser.add_argument(${quoted(name)}, ${rest})`;
  const weights =
    weightsFile === undefined ? '' : `default=pathlib.Path(__file__).with_name(${quoted(weightsFile)}), `;
  const training = [
    `for step, metrics in enumerate(train(model, ${hasData ? 'data, ' : ''}args.steps), 1):`,
    ...indented([
      `if step % ${evaluateEvery} == 0 or step == args.steps:`,
      ...indented([
        ...(canEvaluate(run)
          ? [
              `held_back = evaluate(model, data${model.usesStep ? ', step' : ''})`,
              'metrics.update({f"test {name}": value for name, value in held_back.items()})',
            ]
          : []),
        'told = "  ".join(f"{name} {value:.6g}" for name, value in metrics.items())',
        'print(f"step {step}  {told}")',
      ]),
    ]),
  ];
  const rowsOf = (group: RowGroup) =>
    `data[${quoted(`${group.name}.train`)}][:${group.specs[0]?.batch ?? 1}]`;
  const args = [...columns(run, rowsOf), ...feeds(run)];
  const showing = [
    `for name, value in model(${args.join(', ')}).items():`,
    '    print(name, value, sep="\\n")',
  ];
  return [
    'def main():',
    ...indented([
      'parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])',
      ...(trains ? [option('--steps', `type=int, default=${steps}`)] : []),
      option('--seed', `type=int, default=${seed}`),
      option('--weights', `${weights}help="a state_dict: .safetensors, or what --save wrote"`),
      option('--dtype', `choices=["float32", "float64"], default="${dtype}"`),
      option('--device', 'default="cuda" if torch.cuda.is_available() else "cpu"'),
      option('--save', 'help="write the state_dict there in the end"'),
      'args = parser.parse_args()',
      '',
      'torch.manual_seed(args.seed)',
      'torch.set_default_dtype(getattr(torch, args.dtype))',
      `model = ${model.name}()`,
      'if args.weights is not None:',
      ...indented([
        'is_safe = str(args.weights).endswith(".safetensors")',
        'model.load_state_dict(read_tensors(args.weights) if is_safe else torch.load(args.weights))',
      ]),
      'model = model.to(args.device)',
      ...(hasData ? ['data = load_data(getattr(torch, args.dtype), args.device)'] : []),
      ...(trains ? training : showing),
      'if args.save is not None:',
      ...indented(swapped(run)),
      '    torch.save(model.state_dict(), args.save)',
    ]),
  ];
}

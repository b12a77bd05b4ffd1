/** Writes the class of one drawing: its modules in `__init__`, its nodes as the lines of `forward`. */

import type { PathText } from '../../base/path.ts';
import { readPath } from '../../base/path.ts';
import { nodeAt } from '../../document/levels.ts';
import { marksOf } from '../../document/marks.ts';
import type { ClassState } from './class-state.ts';
import type { ClassLevel, ClassStructure, Entity } from './class-structure.ts';
import { className, identifier, Names, reserved, reservedAttributes, snakeCase } from './identifiers.ts';
import { layOut } from './lay-out.ts';
import { writeNode } from './node-context.ts';
import { indented } from './python.ts';
import { type Chunk, PythonScope } from './python-scope.ts';
import { type PythonTypes, withGrad } from './python-types.ts';
import type {
  Execution,
  NodeEffects,
  ScriptParts,
  TorchArgument,
  TorchDrawn,
  TorchTensor,
} from './script-parts.ts';

/** What came of a drawing, for the class around it or for the script. */
export interface WrittenClass extends NodeEffects {
  readonly name: string;
  readonly tensors: readonly TorchTensor[];
  readonly drawn: readonly TorchDrawn[];
  readonly arguments: readonly TorchArgument[];
  readonly execution: readonly Execution[];
  /** The same while the graph is trained: what nothing learns from is left out. */
  readonly inTraining: readonly Execution[];
  readonly usesStep: boolean;
  /** Results of the document's own class: keys, and where their values stand. */
  readonly results: ReadonlyMap<string, string>;
  /** What values are called in `forward`, by node and port. */
  readonly values: ReadonlyMap<string, string>;
}

interface ChildClass {
  readonly attribute: string;
  readonly written: WrittenClass;
  /** Arguments of its `forward` beside what is wired to the block: data, and what is given from outside. */
  readonly passed: readonly string[];
}

export class ClassWriter implements ClassState {
  readonly parts: ScriptParts;
  readonly structure: ClassStructure;
  readonly types: PythonTypes;
  readonly level: ClassLevel;
  readonly attributes = new Names(reservedAttributes);
  readonly init: string[] = [];
  readonly tensors: TorchTensor[] = [];
  readonly drawn: TorchDrawn[] = [];
  readonly arguments: TorchArgument[] = [];
  readonly effects: NodeEffects = { metrics: [], optimizers: [], checks: [] };
  readonly makers: ReadonlyMap<string, Entity>;
  readonly valueNames = new Map<string, string>();
  usesStep = false;
  readonly made = new Map<string, string>();
  readonly #children = new Map<PathText, ChildClass>();
  readonly #names = new Names(reserved);

  constructor(parts: ScriptParts, structure: ClassStructure, types: PythonTypes, level: ClassLevel) {
    [this.parts, this.structure, this.types, this.level] = [parts, structure, types, level];
    this.makers = new Map(
      level.entities.flatMap((entity) => entity.gives.map((key) => [key, entity] as const)),
    );
    for (const [i, key] of level.given.entries())
      this.valueNames.set(key, this.#names.take(level.use?.inputs[i]?.name ?? 'x'));
    for (const entity of level.entities)
      for (const [i, key] of entity.gives.entries())
        this.valueNames.set(key, this.#names.take(this.#nameOf(entity, i)));
  }

  /** A value is called as its node; of several each by its port, data by their columns. */
  #nameOf(entity: Entity, i: number): string {
    const name = this.labelOf(entity.path);
    if (entity.gives.length === 1) return name;
    const port = (entity.node?.outputs ?? entity.use?.outputs ?? [])[i]?.name ?? '';
    return entity.node?.definition.dataset ? port : `${name}_${port}`;
  }

  labelOf(path: PathText): string {
    const own = this.level.use?.path;
    const from = own === undefined ? 0 : readPath(own).length + (this.structure.repeats.has(own) ? 1 : 0);
    const ids = readPath(path);
    const label = nodeAt(this.structure.analysis.document, path)?.label;
    return identifier([...ids.slice(from, -1), label ?? (ids.at(-1) as string)].join('_'));
  }

  /** The class of a use, written once, and its attribute here. */
  child(entity: Entity): ChildClass | undefined {
    const known = this.#children.get(entity.path);
    if (known) return known;
    const level = this.structure.level(entity.use);
    if (!level) return undefined;
    const written = new ClassWriter(this.parts, this.structure, this.types, level).write();
    const attribute = this.attributes.take(this.labelOf(entity.path));
    const repeat = this.structure.repeats.get(entity.path);
    const isList = repeat !== undefined && !repeat.shared;
    this.init.push(
      isList
        ? `self.${attribute} = nn.ModuleList(${written.name}() for _ in range(${repeat.count}))`
        : `self.${attribute} = ${written.name}()`,
    );
    const prefix = isList ? `${attribute}.*.` : `${attribute}.`;
    for (const tensor of written.tensors) this.tensors.push({ ...tensor, name: prefix + tensor.name });
    for (const drawn of written.drawn) this.drawn.push({ ...drawn, name: prefix + drawn.name });
    // What it takes from outside comes through all classes around it.
    const passed = written.arguments.map((argument) => {
      const name = this.#names.take(argument.name);
      this.arguments.push({ ...argument, name });
      return `${argument.name}=${name}`;
    });
    const child = { attribute, written, passed };
    this.#children.set(entity.path, child);
    return child;
  }

  write(): WrittenClass {
    const chunks: Chunk[] = [];
    for (const entity of this.level.entities) {
      const isTrained = this.#keepsState(entity);
      const chunk: Chunk = { entity, lines: [], uses: new Set(), isKept: false, isTrained };
      chunks.push(chunk);
      this.emit(entity, new PythonScope(this.valueNames, chunk, this.#names));
    }
    const results = this.level.use ? new Map<string, string>() : this.#results(chunks);
    const live = this.#live(chunks, ({ isKept }) => isKept);
    const trains = this.effects.optimizers.length > 0;
    const first = trains ? this.#live(chunks, ({ isKept, isTrained }) => isKept && isTrained) : live;
    const rest = live.filter((chunk) => !first.includes(chunk));
    const body = [
      ...first.flatMap(({ lines }) => lines),
      ...(rest.some(({ lines }) => lines.length > 0) ? this.#trainingEnds() : []),
      ...rest.flatMap(({ lines }) => lines),
    ];
    const named = (name: string) => this.#lines(name, body, results);
    const { use } = this.level;
    const { document } = this.structure.analysis;
    const base = use
      ? className(
          document.blocks[use.definition.preset?.block as string]?.name ||
            String(use.definition.preset?.block),
        )
      : className(document.name);
    return {
      ...this.effects,
      name: this.parts.class(/^[a-zA-Z_]/.test(base) ? base : `Model${base}`, named),
      tensors: this.tensors,
      drawn: this.drawn,
      arguments: this.arguments,
      usesStep: this.usesStep,
      execution: [...first, ...rest].map(({ entity }) => this.#executed(entity)),
      inTraining: first.map(({ entity }) => this.#executed(entity)),
      results,
      values: this.valueNames,
    };
  }

  #executed({ path, use }: Entity): Execution {
    const child = use && this.#children.get(path);
    return child ? { count: this.structure.repeats.get(path)?.count, body: child.written.execution } : path;
  }

  learns({ path, node, use }: Entity): boolean {
    if (marksOf(this.structure.analysis.document, path).isFrozen) return false;
    if (!use) return node?.definition.learns?.(node.params, Object.keys(node.wires)) === true;
    const { analysis } = this.structure;
    return analysis.order.some((inner) => {
      const { definition, params, wires = {} } = analysis.node(inner) ?? {};
      return inner.startsWith(`${path}/`) && definition?.learns?.(params, Object.keys(wires)) === true;
    });
  }

  emit(entity: Entity, scope: PythonScope): void {
    if (entity.use) this.#call(entity, scope);
    else writeNode(this, entity, scope);
  }

  #call(entity: Entity, scope: PythonScope): void {
    const child = this.child(entity);
    const name = entity.use?.path ?? '';
    if (!child) return;
    const { attribute, written, passed } = child;
    const given = [...entity.reads.values()].map((key) => scope.read(key));
    const outs = entity.gives.map((key) => scope.define(key));
    const repeat = this.structure.repeats.get(name);
    if (written.usesStep) this.usesStep = true;
    const call = (of: string, args: readonly string[]) =>
      `${of}(${[...args, ...passed, ...(written.usesStep ? ['step=step'] : [])].join(', ')})`;
    const comment = this.types.comment(entity.gives[0], this.structure.analysis);
    if (!repeat || outs.length === 0) {
      const line = call(`self.${attribute}`, given);
      scope.lines.push(
        outs.length === 0 ? line : `${outs.join(', ')} = ${line}${outs.length === 1 ? comment : ''}`,
      );
      return;
    }
    const carried = Math.min(given.length, outs.length);
    scope.lines.push(`${outs.slice(0, carried).join(', ')} = ${given.slice(0, carried).join(', ')}`);
    const layer = scope.names.take(repeat.shared ? '_' : snakeCase(written.name));
    const all = [...outs.slice(0, carried), ...given.slice(carried)];
    scope.lines.push(
      repeat.shared ? `for _ in range(${repeat.count}):` : `for ${layer} in self.${attribute}:`,
      `    ${outs.join(', ')} = ${call(repeat.shared ? `self.${attribute}` : layer, all)}${outs.length === 1 ? comment : ''}`,
    );
  }

  /** Metrics, what Probes show, and what nothing reads. */
  #results(chunks: readonly Chunk[]): Map<string, string> {
    const results = new Map<string, string>();
    const keep = (key: string) => {
      for (const chunk of chunks) if (chunk.entity.gives.includes(key)) chunk.isKept = true;
      return this.valueNames.get(key) as string;
    };
    const read = new Set<string>();
    for (const { entity } of chunks)
      if (entity.use || typeof entity.node?.definition.torch === 'function')
        for (const key of entity.reads.values()) read.add(key);
    for (const { name, code } of this.effects.metrics) {
      const known = results.get(name);
      if (known === undefined) results.set(name, code);
    }
    for (const { entity } of chunks) {
      const { definition } = entity.node ?? {};
      if (definition?.category === 'output' && definition.outputs.length === 0 && entity.reads.size === 1)
        results.set(this.labelOf(entity.path), keep([...entity.reads.values()][0] as string));
      if (definition?.category === 'data') continue;
      for (const key of entity.gives) {
        if (read.has(key) || !this.valueNames.has(key)) continue;
        const code = keep(key);
        if (![...results.values()].includes(code)) results.set(identifier(code.replace(/^self\./, '')), code);
      }
    }
    for (const { name, code } of this.effects.checks) results.set(name, code);
    return results;
  }

  /** Whether each training step changes something in a node, or in the block of a use, beside what is trained. */
  #keepsState({ path, node, use }: Entity): boolean {
    if (!use) return node?.definition.keepsState === true;
    const { analysis } = this.structure;
    return analysis.order.some(
      (inner) => inner.startsWith(`${path}/`) && analysis.node(inner)?.definition.keepsState === true,
    );
  }

  /** What follows is for those who look: no step pays for it. */
  #trainingEnds(): string[] {
    const told = this.effects.metrics.map(({ name, code }) => `${JSON.stringify(name)}: ${code}`);
    return ['if self.training:', `    return {${told.join(', ')}}`];
  }

  /** What is used in the end. */
  #live(chunks: readonly Chunk[], isWanted: (chunk: Chunk) => boolean): readonly Chunk[] {
    const used = new Set<string>(this.level.returned);
    const kept: Chunk[] = [];
    for (const chunk of chunks.toReversed()) {
      if (!isWanted(chunk) && !chunk.entity.gives.some((key) => used.has(key))) continue;
      kept.unshift(chunk);
      for (const key of chunk.uses) used.add(key);
    }
    return kept;
  }

  /** Lines at the start, where something is differentiated by what the class is given. */
  #tracked(given: readonly string[]): string[] {
    return given.flatMap((key) => {
      if (!this.types.isVariable(key)) return [];
      const name = this.valueNames.get(key) as string;
      return [`${name} = ${this.parts.helper(withGrad)}(${name})`];
    });
  }

  #lines(name: string, body: readonly string[], results: ReadonlyMap<string, string>): readonly string[] {
    const { use, given, returned } = this.level;
    const { document } = this.structure.analysis;
    const about = use
      ? use.definition.doc.en || use.definition.title.en
      : document.description || document.name;
    const names = [
      ...(use ? given.map((key) => this.valueNames.get(key) as string) : []),
      ...this.arguments.map((argument) => argument.name),
    ];
    const args = ['self', ...names, ...(this.usesStep ? ['step=0'] : [])];
    const start = this.#tracked(given).concat(body);
    const result = use
      ? `return ${returned.map((key) => this.valueNames.get(key)).join(', ')}`
      : `return {${[...results].map(([key, code]) => `${JSON.stringify(key)}: ${code}`).join(', ')}}`;
    return layOut([
      `class ${name}(nn.Module):`,
      ...indented([
        `"""${about.replaceAll('\\', '\\\\').replaceAll('"""', "'''").trim()}"""`,
        '',
        'def __init__(self):',
        ...indented(['super().__init__()', ...this.init]),
        '',
        `def forward(${args.join(', ')}):`,
        ...indented([...start, result]),
      ]),
    ]);
  }
}

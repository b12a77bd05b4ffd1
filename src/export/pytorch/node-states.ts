/** What nodes keep: modules, parameters and buffers, made once in `__init__`; and what is given to `forward`. */
import { portKey } from '../../base/path.ts';
import { shapeOf } from '../../catalogue/given.ts';
import type { TorchContext, TorchState } from '../../catalogue/torch.ts';
import { marksOf } from '../../document/marks.ts';
import { identifier } from './identifiers.ts';
import type { WrittenNode } from './node-lengths.ts';
import { initCode, quoted } from './python.ts';
import { trainedAbove } from './trained-above.ts';

export function statesOf({
  writer,
  entity,
  node,
  scope,
}: WrittenNode): Pick<
  TorchContext<unknown>,
  'module' | 'parameter' | 'buffer' | 'constant' | 'drawn' | 'data' | 'feed' | 'parametersOf'
> {
  const label = writer.labelOf(node.id);
  /** Made in `__init__` once, however often the node is computed. */
  const once = (part: string, make: (attribute: string) => void, name = label): string => {
    const key = `${node.id}.${part}`;
    let attribute = writer.made.get(key);
    if (attribute === undefined) {
      attribute = writer.attributes.take(name);
      writer.made.set(key, attribute);
      make(attribute);
    }
    return `self.${attribute}`;
  };
  const { isFrozen } = marksOf(writer.structure.analysis.document, node.id);
  const keep = (name: string, state: TorchState) =>
    writer.tensors.push({ ...state, name, node: node.id, of: [state.of].flat() });
  const own = (name: string) => (name === 'value' || name === '' ? label : `${label}_${identifier(name)}`);
  return {
    module: (code, state = {}, part = '') =>
      once(
        `module ${part}`,
        (attribute) => {
          writer.init.push(`self.${attribute} = ${code}${isFrozen ? '.requires_grad_(False)' : ''}`);
          for (const [name, from] of Object.entries(state)) keep(`${attribute}.${name}`, from);
        },
        part === '' ? label : `${label}_${identifier(part)}`,
      ),
    parameter: (name, shape, init) =>
      once(
        `state ${name}`,
        (attribute) => {
          writer.init.push(
            `self.${attribute} = nn.Parameter(${initCode(init, shape)}${isFrozen ? ', requires_grad=False' : ''})`,
          );
          keep(attribute, { of: name });
        },
        own(name),
      ),
    buffer: (name, shape, init = { kind: 'zeros' }) =>
      once(
        `state ${name}`,
        (attribute) => {
          writer.init.push(`self.register_buffer(${quoted(attribute)}, ${initCode(init, shape)})`);
          keep(attribute, { of: name });
        },
        own(name),
      ),
    constant: (name, code) =>
      once(
        `constant ${name}`,
        (attribute) =>
          writer.init.push(`self.register_buffer(${quoted(attribute)}, ${code}, persistent=False)`),
        own(name),
      ),
    drawn: (fill, given) =>
      once('drawn', (attribute) => {
        const shape = given ?? writer.parts.drawnShape(node.id);
        const code =
          fill === 'normal'
            ? initCode({ kind: 'normal' }, shape)
            : initCode({ kind: 'uniform', scale: 1 }, shape);
        writer.init.push(`self.register_buffer(${quoted(attribute)}, ${code})`);
        writer.drawn.push({ name: attribute, node: node.id, fill, shape });
      }),
    data(column) {
      const name = scope.read(portKey(node.id, column));
      if (!writer.arguments.some((argument) => argument.name === name))
        writer.arguments.push({
          name,
          node: node.id,
          kind: 'data',
          column,
          shape: rowShape(writer, portKey(node.id, column)),
        });
      return name;
    },
    feed(port, shape, standIn) {
      const name = scope.read(portKey(node.id, port));
      if (!writer.arguments.some((argument) => argument.name === name))
        writer.arguments.push({ name, node: node.id, kind: 'feed', port, shape, standIn });
      return name;
    },
    parametersOf: (port, tag) => {
      const key = entity.reads.get(port);
      const { found } = trainedAbove(writer, key === undefined ? [] : [key]);
      if (tag) return `[${taggedIn(writer, found, tag).join(', ')}]`;
      return `[${found.map((attribute) => attribute.parameters('self')).join(', ')}]`;
    },
  };
}

/** Parameters of these that are found by a tag. */
function taggedIn(
  { tensors, structure: { analysis } }: WrittenNode['writer'],
  found: ReturnType<typeof trainedAbove>['found'],
  tag: string,
): string[] {
  return tensors.flatMap(({ name, node, of }) => {
    const isAbove = found.some(({ entity: { path } }) => node === path || node.startsWith(`${path}/`));
    const tags = [...marksOf(analysis.document, node).tags, ...of, analysis.node(node)?.definition.type];
    if (!isAbove || !tags.includes(tag)) return [];
    const [list = '', ...rest] = name.split('.*.');
    return rest.length === 0
      ? `self.get_parameter(${quoted(name)})`
      : `*(layer.get_parameter(${quoted(rest.join('.*.'))}) for layer in self.${list})`;
  });
}

/** Of a column of data, without the axis of rows. */
function rowShape({ types }: WrittenNode['writer'], key: string): readonly number[] {
  const type = types.outputType(key);
  return shapeOf(type && types.bound(type)).slice(1);
}

/** Types and sizes of a node's inputs and outputs, as its Python may write them. */
import type { BoundType } from '../../catalogue/bound.ts';
import type { TorchContext } from '../../catalogue/torch.ts';
import type { ResolvedNode } from '../../compiler/check/resolve.ts';
import { flatSize } from '../../compiler/elaborate/scope.ts';
import type { TensorType } from '../../tensor/axis.ts';
import { parseSize } from '../../tensor/size-parser.ts';
import type { ClassState } from './class-state.ts';
import type { Entity } from './class-structure.ts';
import type { PythonScope } from './python-scope.ts';

/** The node that is being written, and where. */
export interface WrittenNode {
  readonly writer: ClassState;
  readonly entity: Entity;
  readonly node: ResolvedNode;
  readonly scope: PythonScope;
  readonly inputs: Readonly<Record<string, string>>;
}

export function lengthsOf({
  writer,
  node,
  scope,
  inputs,
}: WrittenNode): Pick<
  TorchContext<unknown>,
  'inputTypes' | 'outputTypes' | 'size' | 'length' | 'outputLength'
> {
  const { types, structure } = writer;
  const { analysis } = structure;
  const inferred = analysis.inferred(node.id);
  const boundAll = (ports: Readonly<Record<string, TensorType>> = {}): Record<string, BoundType> =>
    Object.fromEntries(Object.entries(ports).map(([port, type]) => [port, types.bound(type)]));
  const inputTypes = boundAll(inferred?.inputs);
  const outputTypes = boundAll(inferred?.outputs);
  const sizeOf = (type: 'inputs' | 'outputs', port: string, axis: number) => {
    const found = inferred?.[type][port];
    const size = (type === 'inputs' ? inputTypes : outputTypes)[port]?.axes[axis]?.size ?? 0;
    return { size, growth: types.growth(found, axis) };
  };
  const length = (port: string, axis: number): string => {
    const { size, growth } = sizeOf('inputs', port, axis);
    return growth === 0 ? String(size) : `${inputs[port]}.shape[${axis}]`;
  };
  return {
    inputTypes,
    outputTypes,
    size(written) {
      const read = parseSize(String(written));
      if ('error' in read) throw new Error(`internal: the size "${written}" passed the check`);
      const size = flatSize(read.size, analysis.flat.inside(node.id)?.scope);
      return types.bound({ axes: [{ name: '', size }] }).axes[0]?.size ?? 0;
    },
    length,
    outputLength(port, axis) {
      const { size, growth } = sizeOf('outputs', port, axis);
      if (growth === 0) return String(size);
      for (const [input, { axes }] of Object.entries(inputTypes))
        for (const d of axes.keys()) {
          const other = sizeOf('inputs', input, d);
          if (other.size === size && other.growth === growth) return length(input, d);
        }
      return batchLength(writer, scope, size, growth) ?? String(size);
    },
  };
}

/** The length of a batch, where no input of a node tells it: by what the class is given. */
function batchLength(
  writer: ClassState,
  scope: PythonScope,
  size: number,
  growth: number,
): string | undefined {
  const { types, structure } = writer;
  for (const [key, name] of writer.valueNames) {
    const isGiven =
      writer.level.given.includes(key) || writer.arguments.some((argument) => argument.name === name);
    const inner = key.slice(0, key.lastIndexOf('.'));
    const type = isGiven
      ? (types.outputType(key) ?? structure.analysis.inferred(inner)?.outputs.out)
      : undefined;
    for (const d of type?.axes.keys() ?? []) {
      const step = types.growth(type, d);
      const rows = type && types.bound(type).axes[d]?.size;
      if (step === 0 || rows === undefined || growth % step !== 0) continue;
      const times = growth / step;
      const more = size - times * rows;
      const read = `${scope.read(key)}.shape[${d}]`;
      return `${read}${times === 1 ? '' : ` * ${times}`}${more === 0 ? '' : ` + ${more}`}`;
    }
  }
  return undefined;
}

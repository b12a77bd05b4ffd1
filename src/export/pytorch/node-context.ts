/** One node in Python: calls its `torch` and writes down what it asks for. */
import { portKey } from '../../base/path.ts';
import { text } from '../../base/text.ts';
import type { TorchContext } from '../../catalogue/torch.ts';
import type { ResolvedNode } from '../../compiler/check/resolve.ts';
import type { ClassState } from './class-state.ts';
import type { Entity } from './class-structure.ts';
import { functionOn } from './function-on.ts';
import { identifier } from './identifiers.ts';
import { effectsOf } from './node-effects.ts';
import { lengthsOf } from './node-lengths.ts';
import { statesOf } from './node-states.ts';
import type { PythonScope } from './python-scope.ts';
import { withGrad } from './python-types.ts';

const isName = (code: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(code);

export function writeNode(writer: ClassState, entity: Entity, scope: PythonScope): void {
  const node = entity.node as ResolvedNode;
  const { torch } = node.definition;
  if (torch === undefined)
    writer.parts.problems.push({
      node: node.id,
      why: text('this type of node has no PyTorch yet', '此类节点尚无 PyTorch 写法'),
    });
  else if (typeof torch !== 'function') writer.parts.leftOut.set(node.id, torch.why);
  if (typeof torch !== 'function') return;
  const metricsBefore = writer.effects.metrics.length;
  const outs = torch(contextOf(writer, entity, node, scope));
  const known = new Map<string, string>();
  for (const { name } of node.outputs) {
    const key = portKey(node.id, name);
    const code = outs[name];
    if (code === undefined) {
      writer.parts.problems.push({
        node: node.id,
        why: text(`its output ${name} is missing in PyTorch`, `其输出 ${name} 在 PyTorch 中缺失`),
      });
      continue;
    }
    known.set(code, define(writer, scope, key, code));
  }
  for (const metric of writer.effects.metrics.slice(metricsBefore)) {
    const code = known.get(metric.code);
    if (code !== undefined) Object.assign(metric, { code });
  }
}

/** Whether code is a parameter of the class, by which derivatives are taken as it is. */
const isParameter = ({ init }: ClassState, code: string): boolean =>
  init.some((line) => line.startsWith(`${code} = nn.Parameter(`));

/** Assigns what an output is, unless that has a name already. */
function define(writer: ClassState, scope: PythonScope, key: string, code: string): string {
  const { types } = writer;
  const isVariable = types.isVariable(key) && !isParameter(writer, code);
  const isArgument = writer.arguments.some(({ name }) => name === code);
  if (!isVariable && (/^self\.\w+$/.test(code) || (isArgument && !scope.parent))) {
    scope.alias(key, code);
    return code;
  }
  const comment = types.commentOf(types.outputType(key));
  const name = scope.define(key);
  if (isVariable) {
    const own = isName(code) && !isArgument ? `${code}.clone()` : code;
    scope.lines.push(`${name} = ${writer.parts.helper(withGrad)}(${own})${comment}`);
  } else if (name !== code) scope.lines.push(`${name} = ${code}${comment}`);
  return name;
}

function contextOf(
  writer: ClassState,
  entity: Entity,
  node: ResolvedNode,
  scope: PythonScope,
): TorchContext<unknown> {
  const inputs = {};
  for (const [port, key] of entity.reads)
    Object.defineProperty(inputs, port, { enumerable: true, get: () => scope.read(key) });
  const given = { writer, entity, node, scope, inputs };
  return {
    params: node.params,
    inputs,
    ...lengthsOf(given),
    ...statesOf(given),
    ...effectsOf(given),
    let(name, code) {
      // The name of the node itself is free for what it gives.
      const own = entity.gives.some(
        (key) => !scope.parent && writer.valueNames.get(key) === identifier(name),
      );
      const isFree = own && !scope.lines.some((line) => line.startsWith(`${name} = `));
      const found = isFree ? name : scope.own(name);
      scope.lines.push(`${found} = ${code}`);
      return found;
    },
    known: (port) => writer.parts.numbers.at(node.id, port),
    line: (code) => void scope.lines.push(code),
    helper: (code) => writer.parts.helper(code),
    random: (shape) => `torch.rand(${shape})`,
    step() {
      writer.usesStep = true;
      return 'step';
    },
    function: (of, by) => functionOn(writer, entity, scope, { of, by }),
    training: 'self.training',
  };
}

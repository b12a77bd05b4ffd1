/**
 * Functions whose variable comes into a repeat from outside: what flows from it into the body on other ways is
 * computed again in the body, where it can be evaluated at other points and differentiated.
 */
import type { AnyNodeDefinition } from '../../catalogue/define.ts';
import type { Builder } from '../../ir/builder.ts';
import type { ValueId } from '../../ir/program.ts';
import { type TensorFunction, tensorFunction } from '../../ir/tensor-function.ts';
import type { Frame } from './frame.ts';

type Values = Readonly<Record<string, ValueId>>;

/** The inputs of a node, its function computed in the frame from what its variables are there. */
export function withFunctionHere(
  { differentiates, evaluates }: AnyNodeDefinition,
  inputs: Values,
  frame: Frame,
): Values {
  const { of, by } = evaluates ?? differentiates ?? {};
  const value = of === undefined ? undefined : inputs[of];
  if (of === undefined || by === undefined || value === undefined) return inputs;
  return { ...inputs, [of]: computedHere(frame, value, valuesAt(inputs, [by].flat())) };
}

const valuesAt = (inputs: Values, ports: readonly string[]): ValueId[] =>
  ports.flatMap((port) => inputs[port] ?? []);

/** What a port is given as a function of what others are given; without these, of the parameters that train it. */
export function functionAt(
  ir: Builder,
  inputs: Values,
  ports: { of: string; by: readonly string[]; trainable: (value: ValueId) => readonly ValueId[] },
): TensorFunction {
  const value = inputs[ports.of] as ValueId;
  const by = valuesAt(inputs, ports.by);
  return tensorFunction(ir, value, by.length > 0 ? by : ports.trainable(value));
}

/** `value` of a frame, with all that it is computed from by values of `by` in the same frame. */
function computedHere(frame: Frame, value: ValueId, by: readonly ValueId[]): ValueId {
  const { parent, constants, ir } = frame;
  const outside = constants.filter(([, inner]) => by.includes(inner));
  if (!parent || outside.length === 0) return value;
  const variables = outside.map(([outer]) => outer);
  const again = new Map<ValueId, ValueId>();
  for (const [outer, inner] of constants) {
    if (by.includes(inner) || tensorFunction(ir, value, [inner]).isConstant) continue;
    const f = tensorFunction(parent.ir, computedHere(parent, outer, variables), variables);
    if (f.isConstant) continue;
    const captured = f.captured.map((v) => frame.constant(v));
    const point = outside.map(([, v]) => v);
    again.set(inner, f.at(ir, point, captured));
  }
  return tensorFunction(ir, value, [...again.keys()]).at(ir, [...again.values()]);
}

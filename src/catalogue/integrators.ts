/** Methods that follow dx/dt = field(x) by steps of a size h, for nodes that solve it. */
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, e, number } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { scan } from '../ir/scan.ts';
import type { TensorFunction } from '../ir/tensor-function.ts';

export const integratorNames = ['euler', 'rk4', 'leapfrog'] as const;
export type IntegratorName = (typeof integratorNames)[number];

export const integratorTitles = {
  euler: text('Euler', '欧拉法'),
  rk4: text('RK4', 'RK4'),
  leapfrog: text('leapfrog', '蛙跳法'),
} as const;

/** The field at any point, in the body of the loop. */
type Field = (x: ValueId) => ValueId;

/** What one method carries beside x, and one step of it: from x (and that) to the next. */
interface Method {
  readonly begin: (ir: Builder, x: ValueId, field: Field) => readonly ValueId[];
  readonly step: (ir: Builder, carried: readonly ValueId[], h: ValueId, field: Field) => readonly ValueId[];
}

/** x + factor · h · slope, h a scalar. */
function moved(ir: Builder, x: ValueId, h: ValueId, slope: ValueId, factor = 1): ValueId {
  const all = ir.shape(x).map((_, d) => d);
  const by = e.mul(e.mul(number(factor), arg(1)), arg(2));
  return ir.map([x, h, slope], e.add(arg(0), by), [all, [], all]);
}

const euler: Method = {
  begin: (_, x) => [x],
  step: (ir, [x = 0], h, field) => [moved(ir, x, h, field(x))],
};

// W. Kutta, "Beitrag zur näherungsweisen Integration totaler Differentialgleichungen" (1901): the classical method.
const rk4: Method = {
  begin: (_, x) => [x],
  step(ir, [x = 0], h, field) {
    const k1 = field(x);
    const k2 = field(moved(ir, x, h, k1, 0.5));
    const k3 = field(moved(ir, x, h, k2, 0.5));
    const k4 = field(moved(ir, x, h, k3));
    const sum = e.add(e.add(arg(0), e.mul(number(2), e.add(arg(1), arg(2)))), arg(3));
    return [moved(ir, x, h, ir.map([k1, k2, k3, k4], sum), 1 / 6)];
  },
};

/**
 * Störmer–Verlet in its velocity form: half a kick, a drift, half a kick. E. Hairer, C. Lubich, G. Wanner, "Geometric
 * Numerical Integration", section I.1.4, eq. 1.14. The force after the drift is that before the next one.
 */
const leapfrog = (axis: number): Method => ({
  begin: (ir, x, field) => [x, half(ir, field(x), axis, 1)],
  step(ir, [x = 0, force = 0], h, field) {
    const [q, p] = [half(ir, x, axis, 0), half(ir, x, axis, 1)];
    const kicked = moved(ir, p, h, force, 0.5);
    const velocity = half(ir, field(ir.concat([q, kicked], axis)), axis, 0);
    const drifted = moved(ir, q, h, velocity);
    const next = half(ir, field(ir.concat([drifted, kicked], axis)), axis, 1);
    return [ir.concat([drifted, moved(ir, kicked, h, next, 0.5)], axis), next];
  },
});

/** Positions (0) or momenta (1): the first or the second half of an axis. */
function half(ir: Builder, x: ValueId, axis: number, which: 0 | 1): ValueId {
  const size = (ir.shape(x)[axis] as number) / 2;
  return ir.part(x, axis, which * size, size);
}

/** A way to follow a field; `axis`: that whose halves are positions and momenta, for leapfrog. */
const integratorOf = (name: IntegratorName, axis: number): Method =>
  name === 'leapfrog' ? leapfrog(axis) : { euler, rk4 }[name];

interface Flow {
  readonly method: IntegratorName;
  readonly axis: number;
  readonly steps: number;
  /** A scalar. */
  readonly h: ValueId;
}

/** From x, so many steps of h: what x is in the end and, where it is asked for and there are any, after each step. */
export function follow(
  ir: Builder,
  field: TensorFunction,
  x: ValueId,
  { method, axis, steps, h }: Flow,
  traces = true,
): { readonly last: ValueId; readonly path: ValueId | undefined } {
  if (steps === 0) return { last: ir.copy(x), path: undefined };
  const { begin, step } = integratorOf(method, axis);
  const { last, outs } = scan(ir, {
    length: steps,
    carries: begin(ir, x, (at) => field.at(ir, [at])),
    constants: [h, ...field.captured],
    body(inner, carried, _, [size = 0, ...captured]) {
      const next = step(inner, carried, size, (at) => field.at(inner, [at], captured));
      return { carries: next, outs: traces ? next.slice(0, 1) : [] };
    },
  });
  return { last: last[0] as ValueId, path: outs[0] };
}

/** The same in Python: `flow(field, x, h, steps)` gives x at the start and after each step, along a new first axis. */
export function torchFlow(method: IntegratorName, axis: number): string {
  if (method === 'leapfrog') return torchLeapfrog.replaceAll('AXIS', String(axis));
  return method === 'euler' ? torchEuler : torchRungeKutta;
}

const torchEuler = `def euler(field, x, h, steps):
    """Euler's method: x at the start and after each step."""
    path = [x]
    for _ in range(steps):
        x = x + h * field(x)
        path.append(x)
    return torch.stack(path)`;

const torchRungeKutta = `def rk4(field, x, h, steps):
    """The classical method of Runge and Kutta: x at the start and after each step."""
    path = [x]
    for _ in range(steps):
        k1 = field(x)
        k2 = field(x + 0.5 * h * k1)
        k3 = field(x + 0.5 * h * k2)
        k4 = field(x + h * k3)
        x = x + h * (k1 + 2 * (k2 + k3) + k4) / 6
        path.append(x)
    return torch.stack(path)`;

const torchLeapfrog = `def leapfrog(field, x, h, steps):
    """Velocity Verlet: half a kick, a drift, half a kick; x at the start and after each step."""
    path = [x]
    force = field(x).chunk(2, AXIS)[1]
    for _ in range(steps):
        q, p = x.chunk(2, AXIS)
        p = p + 0.5 * h * force
        q = q + h * field(torch.cat([q, p], AXIS)).chunk(2, AXIS)[0]
        force = field(torch.cat([q, p], AXIS)).chunk(2, AXIS)[1]
        x = torch.cat([q, p + 0.5 * h * force], AXIS)
        path.append(x)
    return torch.stack(path)`;

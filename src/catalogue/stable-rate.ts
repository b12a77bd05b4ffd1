/** Up to which step gradient descent and its like are stable, by the largest eigenvalue of the Hessian. */
import { arg, binary, type Expr, e, number, select, unary } from '../ir/expr.ts';

/**
 * The largest ηλ of gradient descent, 2 (1 + μ) with momentum μ: B. T. Polyak, "Some methods of speeding up the
 * convergence of iteration methods", USSR Computational Mathematics and Mathematical Physics 4 (1964), section 3. With
 * dampening τ and in Nesterov's form, as PyTorch has them, the criterion of Jury for x' = x − ηv', v' = μv + (1 − τ)λx,
 * or x' = x − η(λx + μv').
 */
export function stableDescent(momentum: number, dampening = 0, nesterov = false): number {
  const share = 1 - dampening;
  return (2 * (1 + momentum)) / (nesterov ? 1 + momentum + momentum * share : share);
}

/**
 * The real root of z³ − 4z² + 12z − 24: the largest hλ of a Runge–Kutta step of order 4. E. Hairer, G. Wanner,
 * "Solving Ordinary Differential Equations II", section IV.2.
 */
export const stableRungeKutta = 2.785293563405282;

/** Velocity Verlet is stable up to h²λ/m = 4. B. Leimkuhler, S. Reich, "Simulating Hamiltonian Dynamics", section 2.6. */
export const stableVerlet = 4;

/**
 * (limit / λ)^(1/order) of the eigenvalue λ = argument 0 and a decay of weights, which adds to it: the largest step h
 * with h^order (λ + decay) ≤ limit. 0 where that sum is below 0, infinite where it is 0 or −0: nothing bends.
 */
export function stableStep({ limit, order = 1, decay = 0 }: StableLimit): Expr {
  const bends = decay === 0 ? arg(0) : e.add(arg(0), number(decay));
  const quotient = e.div(number(limit), unary('abs', bends));
  const step = order === 1 ? quotient : unary('sqrt', quotient);
  return select(binary('lt', bends, number(0)), number(0), step);
}

interface StableLimit {
  readonly limit: number;
  readonly order?: 1 | 2;
  readonly decay?: number;
}

/** The same in Python. */
export const torchStableStep = `def stable_step(curvature, limit, order=1, decay=0.0):
    """The largest step h with h ** order * (curvature + decay) <= limit; 0 where nothing is stable."""
    bends = curvature + decay
    step = (limit / bends.abs()) ** (1 / order)
    return torch.where(bends < 0, torch.zeros_like(step), step)`;

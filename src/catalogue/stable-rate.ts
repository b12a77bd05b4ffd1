/** Up to which learning rate gradient descent with momentum is stable. */
import { arg, binary, type Expr, e, number, select, unary } from '../ir/expr.ts';

/**
 * 2 (1 + μ) / λ of the eigenvalue λ = argument 0; 0 where λ < 0, infinite where it is 0 or −0: nothing bends. B. T. Polyak, "Some methods of speeding up the
 * convergence of iteration methods", USSR Computational Mathematics and Mathematical Physics 4 (1964), section 3.
 */
export const stableRate = (momentum: number): Expr =>
  select(binary('lt', arg(0), number(0)), number(0), e.div(number(2 * (1 + momentum)), unary('abs', arg(0))));

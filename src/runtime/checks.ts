/** What the checks of a document measure in one state. */
import type { Outcome } from '../base/diagnostic.ts';
import type { CheckSpec, Compiled } from '../compiler/types.ts';
import { diagnosticOf } from './engine-faults.ts';
import type { CheckVerdict } from './events.ts';
import type { State } from './initialise.ts';
import { type Session, writeState } from './session.ts';
import type { Sessions } from './sessions.ts';

/**
 * After `step` steps, on the rows and draws of the last of them; none where nothing is checked. There is no value
 * where they cannot be computed: the diagnostics say why, and nothing else of a run is lost by it.
 */
export async function measureChecks(
  compiled: Compiled,
  sessions: Pick<Sessions, 'open'>,
  state: State,
  step: number,
  kind: 'checks' | 'readings' = 'checks',
): Promise<Outcome<readonly CheckVerdict[]>> {
  const program = compiled[kind];
  if (!program) return { value: [], diagnostics: [] };
  try {
    const session = await sessions.open(kind);
    writeState(session, state);
    await session.advance(Math.max(0, step - 1), 1);
    const value = await Promise.all(program.checks.map((spec) => resultOf(spec, session)));
    return { value, diagnostics: [] };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, program.plan)] };
  }
}

async function resultOf(
  { node, theory, basis, ...outputs }: CheckSpec,
  { executable }: Session,
): Promise<CheckVerdict> {
  const read = async (output: string) => (await executable.read(output, 0, 1))[0] as number;
  const residual = await read(outputs.residual);
  const tolerance = await read(outputs.tolerance);
  return {
    node,
    value: await read(outputs.value),
    ...(theory !== undefined && { theory: await read(theory) }),
    ...(basis !== undefined && { basis: await read(basis) }),
    residual,
    tolerance,
    met: residual <= tolerance,
  };
}

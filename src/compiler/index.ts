/** The compiler: `check` says what a document is, `compile` makes plans of it. */
export { type Analysis, analyse } from './analyse.ts';
export { check, createChecker } from './check/index.ts';
export { type CompileOptions, compile, compileAnalysis, trains } from './compile.ts';
export { describePlan, type PlanSummary } from './describe-plan.ts';
export { runDefaults } from './run-defaults.ts';
export type {
  Checked,
  CheckedNode,
  Compiled,
  CompiledProgram,
  DataSpec,
  ProgramKind,
  ShownAxis,
  ShownType,
  StateSpec,
  Touched,
} from './types.ts';

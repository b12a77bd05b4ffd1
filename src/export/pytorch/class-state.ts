/** The class that is being written, as those see it who write parts of it. */

import type { ClassLevel, ClassStructure, Entity } from './class-structure.ts';
import type { Names } from './identifiers.ts';
import type { PythonScope } from './python-scope.ts';
import type { PythonTypes } from './python-types.ts';
import type { NodeEffects, ScriptParts, TorchArgument, TorchDrawn, TorchTensor } from './script-parts.ts';

export interface ClassState {
  readonly parts: ScriptParts;
  readonly structure: ClassStructure;
  readonly types: PythonTypes;
  readonly level: ClassLevel;
  /** Names of what stands in `self`. */
  readonly attributes: Names;
  /** Lines of `__init__`. */
  readonly init: string[];
  readonly tensors: TorchTensor[];
  readonly drawn: TorchDrawn[];
  readonly arguments: TorchArgument[];
  readonly effects: NodeEffects;
  /** What makes a value, by its key. */
  readonly makers: ReadonlyMap<string, Entity>;
  /** Names of values in `forward`; where a value is an attribute, that. */
  readonly valueNames: Map<string, string>;
  /** What has been made in `__init__`, by node and part. */
  readonly made: Map<string, string>;
  usesStep: boolean;
  /** What a node is called: its label, or its id; where its block is written out, behind the name of that. */
  labelOf(path: string): string;
  /** The attribute of a use of a block. */
  child(entity: Entity): { readonly attribute: string } | undefined;
  /** Whether training may change something in a node, or in the block of a use. */
  learns(entity: Entity): boolean;
  /** Writes a node, or the call of a block, into a scope. */
  emit(entity: Entity, scope: PythonScope): void;
}

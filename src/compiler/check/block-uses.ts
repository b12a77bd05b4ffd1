/** What the checker shows of uses of blocks, which elaboration replaces by what is inside them. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { PathText } from '../../base/path.ts';
import type { PortSpec } from '../../catalogue/index.ts';
import type { Inside, Port, Use } from '../elaborate/flat.ts';
import type { Incoming, NodeState } from './node-state.ts';
import { nameOf, type ResolvedNode, samePorts } from './resolve.ts';
import type { ResultStore } from './result-store.ts';

type Ports = Pick<ResolvedNode, 'inputs' | 'outputs'>;

export class BlockUses {
  /** Ports of uses, the same lists for as long as they look the same. */
  readonly #ports = new Map<PathText, Ports>();

  /** A use as its drawing shows it: the ports of the block, and what is on them. No use: the block is gone from there. */
  show(
    path: PathText,
    use: Use | undefined,
    stateAt: (path: PathText) => NodeState | undefined,
    results: ResultStore,
  ): void {
    const slot = results.slotOf(path);
    if (!use && stateAt(path)) return;
    const { inputs = [], outputs = [] } = use ?? {};
    const tie = (ports: readonly Port[]): Incoming[] =>
      ports.flatMap(({ name, node }) => {
        const source = stateAt(node);
        return source ? [{ port: name, edge: '', source, output: 'out' }] : [];
      });
    const summary = use?.definition.summary?.(use.params, []) ?? '';
    const before = this.#ports.get(path);
    const kept = (specs: readonly PortSpec[], old: readonly PortSpec[] | undefined) =>
      old && samePorts(specs, old) ? old : specs;
    const ports = use && {
      inputs: kept(use.definition.inputs as readonly PortSpec[], before?.inputs),
      outputs: kept(use.definition.outputs as readonly PortSpec[], before?.outputs),
    };
    if (ports) this.#ports.set(path, ports);
    else this.#ports.delete(path);
    results.setInterface(
      { slot },
      ports && { ...ports, summary, incoming: tie(inputs), results: tie(outputs) },
    );
  }
}

/** An optimizer inside a repeat would train as often as it is repeated, and each time all of them. */
export function trainsInRepeat(
  resolved: ResolvedNode | undefined,
  inside: Inside | undefined,
  document: GraphDocument,
): readonly Diagnostic[] {
  if (!resolved?.definition.trains || !inside?.region) return [];
  const { id } = resolved;
  return [diagnose('repeat-optimizer', { node: id }, { node: nameOf(document, id) })];
}

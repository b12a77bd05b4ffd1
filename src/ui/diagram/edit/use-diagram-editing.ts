/** What is chosen in a diagram, and changes of the network by hand: each is one step of the history. */
import { useState } from 'react';
import { useLocale } from '../../locale.ts';
import { notify } from '../../notice.ts';
import { useEditor } from '../../session/hooks.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import type { WrittenNetwork } from '../model/node-diagram.ts';
import { editsOfNetwork } from './edits-of-network.ts';
import {
  cutIndex,
  type IndexEnd,
  joinIndices,
  type NetworkEdit,
  openOrClose,
  removeOperand,
  renameIndex,
} from './network-edits.ts';

/** An index by its name, which outlives changes, or a tensor by its position. */
export type DiagramChoice =
  | { readonly kind: 'index'; readonly name: string }
  | { readonly kind: 'tensor'; readonly tensor: number };

export interface DiagramEditing {
  readonly chosen: DiagramChoice | undefined;
  choose(choice: DiagramChoice | undefined): void;
  join(from: string, onto: string): void;
  cut(index: string, at?: IndexEnd): void;
  /** Closes an open index, opens a closed one. */
  openOrClose(index: string): void;
  rename(index: string, name: string): void;
  remove(tensor: number): void;
  /** What the Delete key does to it. */
  takeAway(choice: DiagramChoice): void;
}

export function useDiagramEditing(
  written: WrittenNetwork | undefined,
  diagram: NetworkDiagram,
): DiagramEditing | undefined {
  const locale = useLocale();
  const editor = useEditor();
  const [chosen, choose] = useState<DiagramChoice>();
  if (!written || written.network.sizes) return undefined;
  const { network } = written;

  /** Whether it could be done. */
  function apply(edit: NetworkEdit, removed?: number): boolean {
    if ('obstacle' in edit) {
      notify(edit.obstacle[locale]);
      return false;
    }
    const faults = editor.dispatch({
      type: 'edits',
      edits: editsOfNetwork(written as WrittenNetwork, edit.network, removed),
    });
    return faults.length === 0;
  }
  const sizeOf = (name: string) => diagram.indices.find((index) => index.name === name)?.size;
  const endsOf = (name: string) => network.inputs.flat().filter((index) => index === name).length;
  const editing: DiagramEditing = {
    chosen,
    choose,
    join(from, onto) {
      if (apply(joinIndices(network, from, onto, sizeOf))) choose({ kind: 'index', name: onto });
    },
    cut: (index, at) => void apply(cutIndex(network, index, at)),
    openOrClose: (index) => void apply(openOrClose(network, index)),
    rename(index, name) {
      if (apply(renameIndex(network, index, name))) choose({ kind: 'index', name });
    },
    remove(tensor) {
      if (apply(removeOperand(network, tensor), tensor)) choose(undefined);
    },
    takeAway(choice) {
      if (choice.kind === 'tensor') editing.remove(choice.tensor);
      else if (endsOf(choice.name) > 1) editing.cut(choice.name);
      else if (network.output.includes(choice.name)) editing.openOrClose(choice.name);
    },
  };
  return editing;
}

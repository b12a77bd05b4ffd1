/** What React Flow reports, as commands to the editor. It draws what the editor then says, never its own idea. */
import { useMemo } from 'react';
import type { Connection, EdgeChange, NodeChange, OnConnectEnd, OnConnectStart } from 'reactflow';
import type { PortRef } from '../../../base/edit.ts';
import type { Editor, Point, WireEnd } from '../../../editor/index.ts';
import type { HeldWire } from '../model/stores.ts';
import type { CardNode, WireEdge } from '../model/view-model.ts';

interface Flow {
  readonly editor: Editor;
  readonly held: HeldWire;
  /** A wire was let go over empty canvas, at this place on the screen. */
  onDropped(end: WireEnd, at: Point): void;
}

type Kind = 'nodes' | 'edges';

/** Select and deselect as changes of one selection; the part that is not spoken of stays. */
function selectionAfter(
  editor: Editor,
  kind: Kind,
  changes: readonly (NodeChange<CardNode> | EdgeChange<WireEdge>)[],
) {
  const { selection } = editor.getState();
  const ids = new Set(selection[kind]);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) ids.add(change.id);
    else ids.delete(change.id);
  }
  return { ...selection, [kind]: [...ids] };
}

const pointer = (event: MouseEvent | TouchEvent): Point => {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
};

/** A wire dropped on a card, not on a port: the first of its ports that the wire fits. */
function fittingPortAt(held: HeldWire, at: Point): PortRef | undefined {
  const node = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  const wire = held.get();
  if (!wire || node === undefined) return undefined;
  const ports = wire.fits.candidates.filter((port) => port.node === node);
  return ports.find((port) => wire.fits.verdict(port)?.fits) ?? ports[0];
}

export function useFlowHandlers({ editor, held, onDropped }: Flow) {
  return useMemo(() => {
    /** The wire whose end is being dragged to another port. */
    let unplugged: string | undefined;
    const plug = (from: PortRef, to: PortRef) => {
      if (unplugged === undefined) editor.dispatch({ type: 'connect', from, to });
      else editor.dispatch({ type: 'reconnect', edge: unplugged, from, to });
    };
    const connect = (end: WireEnd, other: PortRef) => {
      const near = { node: end.node, port: end.port };
      const [from, to] = end.direction === 'output' ? [near, other] : [other, near];
      plug(from, to);
    };
    const onConnect = ({ source, sourceHandle, target, targetHandle }: Connection) => {
      if (sourceHandle === null || targetHandle === null) return;
      plug({ node: source, port: sourceHandle }, { node: target, port: targetHandle });
    };
    const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
      if (nodeId === null || handleId === null) return;
      held.take(
        { node: nodeId, port: handleId, direction: handleType === 'source' ? 'output' : 'input' },
        editor.getState(),
      );
    };
    const onConnectEnd: OnConnectEnd = (event, state) => {
      const wire = held.get();
      const at = pointer(event);
      if (wire && !state.toHandle) {
        const onCard = document.elementFromPoint(at.x, at.y)?.closest('.react-flow__node') !== null;
        const port = fittingPortAt(held, at);
        if (port) connect(wire.end, port);
        else if (!onCard && unplugged !== undefined)
          editor.dispatch({ type: 'delete', selection: { nodes: [], edges: [unplugged] } });
        else if (!onCard) onDropped(wire.end, at);
      }
      held.drop();
    };
    return {
      onNodesChange(changes: NodeChange<CardNode>[]) {
        const moved = changes.flatMap((c) => (c.type === 'position' && c.position ? [c] : []));
        if (moved.length > 0) {
          const positions = Object.fromEntries(moved.map((c) => [c.id, c.position as Point]));
          editor.dispatch({ type: 'move', positions, done: !moved.some((c) => c.dragging) });
        }
        if (changes.some((c) => c.type === 'select')) {
          editor.dispatch({ type: 'select', selection: selectionAfter(editor, 'nodes', changes) });
        }
      },
      onEdgesChange(changes: EdgeChange<WireEdge>[]) {
        if (changes.some((c) => c.type === 'select')) {
          editor.dispatch({ type: 'select', selection: selectionAfter(editor, 'edges', changes) });
        }
      },
      onConnect,
      onReconnectStart(_: unknown, edge: WireEdge) {
        unplugged = edge.id;
      },
      onReconnect: (_: WireEdge, connection: Connection) => onConnect(connection),
      onReconnectEnd() {
        unplugged = undefined;
      },
      isValidConnection({ source, sourceHandle, target, targetHandle }: Connection | WireEdge): boolean {
        const wire = held.get();
        if (!wire) return false;
        const forward = wire.end.direction === 'output';
        const other = forward
          ? { node: target, port: targetHandle ?? '' }
          : { node: source, port: sourceHandle ?? '' };
        return wire.fits.isCandidate(other);
      },
      onConnectStart,
      onConnectEnd,
      onClickConnectStart: onConnectStart,
      onClickConnectEnd: () => held.drop(),
    };
  }, [editor, held, onDropped]);
}

import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../graph-schema/document.ts';
import { chain, documentOf, openChain } from '../../test/support/chain.ts';

describe('history', () => {
  it('makes a drag one step', () => {
    const editor = openChain();
    for (let x = 1; x <= 50; x++) {
      editor.dispatch({ type: 'move', positions: { a: { x, y: 0 } }, done: false });
    }
    editor.dispatch({ type: 'move', positions: { a: { x: 50, y: 0 } }, done: true });
    editor.dispatch({ type: 'move', positions: { a: { x: 60, y: 0 } }, done: true });
    editor.undo();
    expect(documentOf(editor).layout.nodes.a).toEqual({ x: 50, y: 0 });
    editor.undo();
    expect(editor.getState()).toMatchObject({ document: chain(), canUndo: false, canRedo: true });
  });

  it('takes a drag away and back for nothing', () => {
    const editor = openChain();
    const move = (x: number, done: boolean) =>
      editor.dispatch({ type: 'move', positions: { a: { x, y: 0 } }, done });
    move(9, true);
    for (const x of [20, 40, 9]) move(x, false);
    move(30, false);
    move(9, true);
    editor.undo();
    expect(editor.getState()).toMatchObject({ document: chain(), canUndo: false, canRedo: true });
    editor.redo();
    expect(editor.getState()).toMatchObject({ canUndo: true, canRedo: false });
    expect(documentOf(editor).layout.nodes.a?.x).toBe(9);
  });

  it('redoes a drag that moved along one axis before it moved along both', () => {
    const editor = openChain();
    const drag = (...places: readonly (readonly [number, number])[]) =>
      places.forEach(([x, y], i) => {
        editor.dispatch({ type: 'move', positions: { a: { x, y } }, done: i === places.length - 1 });
      });
    const place = () => documentOf(editor).layout.nodes.a;
    drag([4, 0], [8, 4], [12, 4], [16, 8]);
    drag([20, 8], [24, 12], [32, 12]);
    editor.undo();
    expect(place()).toEqual({ x: 16, y: 8 });
    editor.redo();
    expect(place()).toEqual({ x: 32, y: 12 });
    drag([36, 12], [36, 20], [32, 20], [32, 12]);
    editor.undo();
    expect(place()).toEqual({ x: 16, y: 8 });
  });

  it('makes typing in one field one step, until something else happens', () => {
    const editor = openChain();
    const type = (value: number) => editor.dispatch({ type: 'setParam', node: 'b', key: 'units', value });
    for (const value of [1, 12, 128]) type(value);
    editor.dispatch({ type: 'select', selection: { nodes: ['a'], edges: [] } });
    type(5);
    editor.undo();
    expect(documentOf(editor).nodes.b?.params.units).toBe(128);
    editor.undo();
    expect(documentOf(editor).nodes.b?.params.units).toBe(4);
  });

  it('forgets the oldest of more than 500 steps', () => {
    const editor = openChain();
    for (let x = 0; x < 510; x++)
      editor.dispatch({ type: 'move', positions: { a: { x: x + 1, y: 0 } }, done: true });
    let steps = 0;
    for (; editor.getState().canUndo; steps++) editor.undo();
    expect(steps).toBe(500);
    expect(documentOf(editor).layout.nodes.a?.x).toBe(10);
  });

  it('takes a description back to what it was, typed letter by letter or taken away', () => {
    const editor = openChain();
    const first = JSON.stringify(editor.getState().document);
    for (const description of ['W', 'Wh', 'Why']) editor.dispatch({ type: 'describe', description });
    expect(editor.getState().document.description).toBe('Why');
    editor.undo();
    expect(JSON.stringify(editor.getState().document)).toBe(first);
    editor.redo();
    editor.dispatch({ type: 'describe', description: '' });
    expect(editor.getState().document).not.toHaveProperty('description');
  });

  it('makes typing in one field of a lesson one step, and keeps it out of the structure', () => {
    const editor = openChain();
    const { structureRevision } = editor.getState();
    editor.dispatch({ type: 'setLesson', lesson: { title: 'B' }, field: 'title' });
    editor.dispatch({ type: 'setLesson', lesson: { title: 'Bo' }, field: 'title' });
    editor.dispatch({ type: 'setLesson', lesson: { title: 'Bo', idea: 'x' }, field: 'idea' });
    editor.undo();
    expect(documentOf(editor).lesson).toEqual({ title: 'Bo' });
    editor.undo();
    expect(editor.getState()).toMatchObject({ document: chain(), canUndo: false, structureRevision });
  });

  it('begins anew when a document is opened', () => {
    const editor = openChain();
    editor.dispatch({ type: 'rename', name: 'x' });
    editor.dispatch({ type: 'open', document: emptyDocument('y') });
    editor.undo();
    expect(editor.getState()).toMatchObject({ document: emptyDocument('y'), canUndo: false, canRedo: false });
  });
});

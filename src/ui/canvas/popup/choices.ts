/** The lists that open on the canvas: node types to add, ports to connect to, and the context menus. */
import { portKey } from '../../../base/path.ts';
import { fill, type Locale } from '../../../base/text.ts';
import type { AnyNodeDefinition } from '../../../catalogue/index.ts';
import { blockOf, entry } from '../../../document/levels.ts';
import {
  type Editor,
  type Fits,
  fittingPort,
  insertion,
  type LevelView,
  type WireEnd,
} from '../../../editor/index.ts';
import { showKeys } from '../../keys.ts';
import { addable, definitionKey, newNode } from '../../parts/definitions.ts';
import { asDrawn } from '../../parts/drawn-names.ts';
import type * as NodeFinder from '../../parts/node-finder.ts';
import { titleIn } from '../../parts/node-title.ts';
import { blocks } from '../../strings/block-words.ts';
import { commandNames } from '../../strings/command-names.ts';
import { diagramDoors } from '../../strings/diagram-doors.ts';
import { strings } from '../canvas-strings.ts';
import { portTitle, speakType } from '../model/spoken.ts';
import type { MenuItem } from './Menu.tsx';
import type { Choice } from './Popup.tsx';

/** Node types by name; with a wire in hand, or to go into a wire, only those that fit. */
export function nodeChoices(
  editor: Editor,
  locale: Locale,
  held?: WireEnd,
  edge?: string,
  finder?: Finder,
): readonly Choice[] {
  const state = editor.getState();
  const fitting = addable(state.document, state.view.block).filter(
    (definition) =>
      (held === undefined || fittingPort(state, held, newNode(definition)) !== undefined) &&
      (edge === undefined || insertion(state, edge, newNode(definition))),
  );
  const choice = (definition: AnyNodeDefinition) => ({
    key: definitionKey(definition),
    title: definition.title[locale],
    hint: definition.title[locale === 'en' ? 'zh' : 'en'],
    glyph: definition.glyph,
    tint: definition.category,
  });
  return [
    ...fitting.map((definition) => ({
      ...choice(definition),
      names: [definition.type, definition.title.en, definition.title.zh],
      also: finder?.otherNames(definition) ?? [],
    })),
    ...(finder?.withSettings(fitting) ?? []).map((definition) => ({
      ...choice(definition),
      names: [],
      also: finder?.otherNames(definition) ?? [],
      isAsked: true,
    })),
  ];
}

type Finder = Pick<typeof NodeFinder, 'otherNames' | 'withSettings'>;

const separator = '\u0000';

/** Outputs of a node, to choose the one that a wire shall leave. */
export function outputChoices(editor: Editor, node: string, locale: Locale): readonly Choice[] {
  const checked = editor.getState().view.node(node);
  return (checked?.outputs ?? []).map((port) => ({
    key: port.name,
    title: portTitle(port, locale),
    hint: speakType(checked?.outputTypes[port.name], locale),
  }));
}

/** Ports that a wire may go to: those that fit first, those that do not with the reason. */
export function targetChoices(editor: Editor, fits: Fits, locale: Locale): readonly Choice[] {
  const { document, view } = editor.getState();
  const wired = new Set(Object.values(view.graph.edges).map(({ to }) => portKey(to.node, to.port)));
  const choices = fits.candidates.flatMap(({ node, port }) => {
    const graphNode = view.graph.nodes[node];
    const spec = view.node(node)?.inputs.find((p) => p.name === port);
    if (!graphNode || !spec) return [];
    const verdict = fits.verdict({ node, port });
    const misfit = verdict !== undefined && !verdict.fits;
    const taken = wired.has(portKey(node, port));
    return [
      {
        key: `${node}${separator}${port}`,
        title: `${titleIn(document, view.graph.nodes, node, locale)} · ${portTitle(spec, locale)}`,
        hint: misfit
          ? asDrawn(document, verdict.problem?.message ?? strings.misfit, locale)
          : taken
            ? strings.taken[locale]
            : '',
        names: [
          `${titleIn(document, view.graph.nodes, node, locale)} · ${portTitle(spec, locale)}`,
          node,
          graphNode.type,
        ],
        quiet: misfit,
        order: (misfit ? 2 : 0) + (taken ? 1 : 0),
      },
    ];
  });
  return choices.sort((a, b) => a.order - b.order);
}

export function portOfChoice(key: string): { readonly node: string; readonly port: string } {
  const [node = '', port = ''] = key.split(separator);
  return { node, port };
}

export type MenuKey =
  | 'inspect'
  | 'enter'
  | 'leave'
  | 'group'
  | 'ungroup'
  | 'connect'
  | 'diagram'
  | 'inside'
  | 'insert'
  | 'sizes'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'remove'
  | 'add'
  | 'selectAll'
  | 'tidyRight'
  | 'tidyDown'
  | 'fit';

/** `several`: nodes are selected, and what is done with one is done with all. */
export function menuItems(
  { on: kind, id }: { readonly on: 'node' | 'edge' | 'canvas'; readonly id: string },
  { graph, way }: LevelView,
  /** Whether several nodes are selected, and whether the node can be seen as a tensor network. */
  { several, hasDiagram }: { readonly several: boolean; readonly hasDiagram: boolean },
  locale: Locale,
): readonly (MenuItem & { key: MenuKey })[] {
  const choice = (key: MenuKey, title: { en: string; zh: string }, keys = '') => ({
    key,
    title: title[locale],
    hint: keys === '' ? '' : showKeys(keys),
  });
  const tidyChoices = [
    choice('tidyRight', commandNames.tidyRight, 'T'),
    choice('tidyDown', commandNames.tidyDown, 'Shift+T'),
  ];
  switch (kind) {
    case 'node': {
      const node = entry(graph.nodes, id);
      const isBlock = blockOf(node) !== undefined;
      return [
        ...(isBlock ? [choice('enter', blocks.open, 'Enter')] : []),
        choice('inspect', strings.inspect, isBlock ? '' : 'Enter'),
        ...(isBlock ? [] : [choice('inside', commandNames.inside, 'I')]),
        ...(hasDiagram ? [choice('diagram', diagramDoors.see, 'N')] : []),
        choice('connect', strings.connect, 'C'),
        choice('duplicate', strings.duplicate, 'Mod+D'),
        choice('copy', strings.copy, 'Mod+C'),
        choice('cut', strings.cut, 'Mod+X'),
        choice('group', blocks.group, 'Mod+G'),
        ...(several ? tidyChoices : []),
        ...(isBlock ? [choice('ungroup', blocks.ungroup, 'Mod+Shift+G')] : []),
        choice('remove', strings.remove, 'Delete'),
      ];
    }
    case 'edge':
      return [
        choice('inspect', strings.inspect, 'Enter'),
        choice('sizes', strings.editSizes, 'F2'),
        choice('insert', strings.insertNode),
        choice('remove', strings.remove, 'Delete'),
      ];
    case 'canvas':
      return [
        choice('add', strings.addNode, 'Shift+A'),
        choice('paste', strings.paste, 'Mod+V'),
        choice('selectAll', strings.selectAll, 'Mod+A'),
        ...tidyChoices,
        choice('fit', strings.fit, 'F'),
        ...(way.length > 0 ? [choice('leave', blocks.leave, 'Esc')] : []),
      ];
  }
}

export const chooseTargetLabel = (from: string, locale: Locale): string =>
  fill(strings.chooseTarget, { from })[locale];

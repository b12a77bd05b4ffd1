/** What is known of how training came to its state: the runs it is made of, and their layers while somebody looks. */
import { fingerprintOf } from '../runtime/fingerprint.ts';
import type { Checkpoint } from '../runtime/index.ts';
import type { Layers, LayersFound, LayersWish } from './look-at-layers.ts';
import type { Mirror } from './mirror.ts';
import { createPast, type Past, type Stretch } from './past.ts';
import type { HostServices } from './services.ts';

export interface RunHistory {
  readonly past: () => Past;
  /** Nothing is known any more. */
  forget(): void;
  /** After a reload there is the last state alone: what led to it is the drawing, where that is still the same. */
  know(): void;
  layers(wish: LayersWish, isOn: boolean): Promise<LayersFound>;
  /** Nobody looks at layers any more. */
  rest(): void;
}

interface HistoryParts {
  readonly services: HostServices;
  readonly mirror: Mirror;
  readonly trained: () => Checkpoint | undefined;
  readonly plansFor: (from: Checkpoint) => Stretch['plans'];
}

export function createHistory({ services, mirror, trained, plansFor }: HistoryParts): RunHistory {
  let past = createPast(services);
  let layers: Layers | undefined;
  const rest = () => layers?.rest();

  return {
    past: () => past,
    forget() {
      rest();
      layers = undefined;
      past = createPast(services);
    },
    know() {
      const [document, state] = [mirror.document(), trained()];
      if (past.isKnown() || !document || !state) return;
      const { engine, seed, fingerprint } = state;
      const plans = plansFor(state);
      if (!plans.value || fingerprintOf(plans.value) !== fingerprint) return;
      past.begin({ document, plans, engine, seed, from: undefined });
      past.keep(state);
    },
    async layers(wish, isOn) {
      // Fetched when somebody looks.
      const { createLayers } = await import('./look-at-layers.ts');
      layers ??= createLayers(past, services, trained);
      return layers.find(wish, isOn);
    },
    rest,
  };
}

/** All packs at once, for programs that load their files from disk: no document waits for node types there. */
import { install } from './index.ts';
import { adams } from './packs/adam.ts';
import { augmentation } from './packs/augmentation.ts';
import { classification } from './packs/classification.ts';
import { costs } from './packs/costs.ts';
import { curvature } from './packs/curvature.ts';
import { dataSets } from './packs/data-sets.ts';
import { formulas } from './packs/formulas.ts';
import { images } from './packs/images.ts';
import { layers } from './packs/layers.ts';
import { losses } from './packs/losses.ts';
import { metrics } from './packs/metrics.ts';
import { networks } from './packs/networks.ts';
import { norms } from './packs/norms.ts';
import { optimizers } from './packs/optimizers.ts';
import { physics } from './packs/physics.ts';
import { pictures } from './packs/pictures.ts';
import { pieces } from './packs/pieces.ts';
import { priors } from './packs/priors.ts';
import { sampling } from './packs/sampling.ts';
import { rateSchedules } from './packs/schedules.ts';
import { sequences } from './packs/sequences.ts';

export function installEverything(): void {
  install('adam', adams);
  install('augmentation', augmentation);
  install('classification', classification);
  install('costs', costs);
  install('curvature', curvature);
  install('data', [], dataSets);
  install('images', images);
  install('formulas', formulas);
  install('layers', layers);
  install('losses', losses);
  install('networks', networks);
  install('norms', norms);
  install('metrics', metrics);
  install('optimizers', optimizers);
  install('physics', physics);
  install('pictures', pictures);
  install('pieces', pieces);
  install('priors', priors);
  install('sampling', sampling);
  install('schedules', rateSchedules);
  install('sequences', sequences);
}

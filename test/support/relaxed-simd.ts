/** Unit tests compute with the kernels that the page and the command line choose. */
import { enableRelaxedSimd } from '../../src/cli/relaxed-simd.ts';

enableRelaxedSimd();

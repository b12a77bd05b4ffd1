/** Unit tests know all node types from the start, as programs on Node do. */
import { installEverything } from '../../src/catalogue/everything.ts';

installEverything();

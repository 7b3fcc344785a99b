import { storeSuite } from '../../../test/suites/store.ts';
import { engine } from './test-engine.ts';

storeSuite(engine);

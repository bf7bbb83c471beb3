import { microsoft365 } from '../../collectors/microsoft365/index.ts';
import { walkDatasets } from '../support/walk-datasets.ts';

walkDatasets(microsoft365);

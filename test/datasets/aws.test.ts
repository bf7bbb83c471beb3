import { aws } from '../../collectors/aws/index.ts';
import { walkDatasets } from '../support/walk-datasets.ts';

walkDatasets(aws);

import { github } from '../../collectors/github/index.ts';
import { walkDatasets } from '../support/walk-datasets.ts';

walkDatasets(github);

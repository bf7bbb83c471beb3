import { aws } from '../../collectors/aws/index.ts';
import { meetFaults } from './meet-faults.ts';

meetFaults(aws);

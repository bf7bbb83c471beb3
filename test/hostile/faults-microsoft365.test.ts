import { microsoft365 } from '../../collectors/microsoft365/index.ts';
import { meetFaults } from './meet-faults.ts';

meetFaults(microsoft365);

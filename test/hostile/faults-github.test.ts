import { github } from '../../collectors/github/index.ts';
import { meetFaults } from './meet-faults.ts';

meetFaults(github);

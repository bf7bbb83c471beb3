import type { Collector } from './collector.ts';
import { aws } from './aws/index.ts';
import { github } from './github/index.ts';
import { microsoft365 } from './microsoft365/index.ts';

/** Every collector there is. To add one, add a line. */
export const collectors: readonly Collector[] = [github, microsoft365, aws];

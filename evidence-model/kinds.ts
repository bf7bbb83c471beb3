import type { Kind } from './kind.ts';
import * as identity from './kinds/identity.ts';
import * as access from './kinds/access.ts';
import * as code from './kinds/code.ts';
import * as log from './kinds/log.ts';

export * from './kinds/identity.ts';
export * from './kinds/access.ts';
export * from './kinds/code.ts';
export * from './kinds/log.ts';

/** Every kind there is, by subject matter. To add one, add it to the file of what it is about. */
export const kinds: readonly Kind[] = [access, code, identity, log].flatMap(
  (each) => Object.values(each) as readonly Kind[],
);

import type { Kind } from './kind.ts';
import * as backup from './kinds/backup.ts';
import * as cloud from './kinds/cloud.ts';
import * as network from './kinds/network.ts';
import * as watch from './kinds/watch.ts';
import * as identity from './kinds/identity.ts';
import * as access from './kinds/access.ts';
import * as code from './kinds/code.ts';
import * as declared from './kinds/declared.ts';
import * as device from './kinds/device.ts';
import * as log from './kinds/log.ts';
import * as person from './kinds/person.ts';
import * as mail from './kinds/mail.ts';
import * as tenant from './kinds/tenant.ts';

export * from './kinds/identity.ts';
export * from './kinds/access.ts';
export * from './kinds/code.ts';
export * from './kinds/declared.ts';
export * from './kinds/device.ts';
export * from './kinds/log.ts';
export * from './kinds/mail.ts';
export * from './kinds/person.ts';
export * from './kinds/tenant.ts';
export * from './kinds/backup.ts';
export * from './kinds/cloud.ts';
export * from './kinds/network.ts';
export * from './kinds/watch.ts';

/** Every kind there is, by subject matter. To add one, add it to the file of what it is about. */
export const kinds: readonly Kind[] = [
  access,
  backup,
  cloud,
  code,
  declared,
  device,
  identity,
  log,
  mail,
  network,
  person,
  tenant,
  watch,
].flatMap((each) => Object.values(each) as readonly Kind[]);

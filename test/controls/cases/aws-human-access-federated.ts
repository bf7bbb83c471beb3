import { denied, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';

const world = (consolePassword: unknown) => aws({ user: { consolePassword } });

export const cases: readonly Case[] = [
  ['no user has a console password', world(false), 'pass'],
  ['a user has a console password', world(true), 'fail'],
  ['it is not told', world(unknown), 'no-data'],
  ['users were refused', denied(world(false), 'aws/credential-report'), 'no-data'],
];

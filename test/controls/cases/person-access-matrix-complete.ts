import { denied, type Case } from '../told.ts';
import { addressed, people, robot, written } from '../worlds/people.ts';

const one = people({ more: [{}] });

export const cases: readonly Case[] = [
  ['all are tied to her', people(), 'pass', {}, written],
  ['she left, and it is known whose they are', people({ ada: { enabled: false } }), 'pass', {}, written],
  ['one is tied to nobody', one, 'fail', {}, written],
  ['it is tied to a service', one, 'pass', {}, { ...written, services: [robot] }],
  [
    'one is tied to her by an address that GitHub verified',
    addressed({ verified: { '10': ['ada@larkspur.example'] } }),
    'pass',
    {},
    written,
  ],
  ['nobody wrote anything down', people(), 'fail'],
  ['identities were refused', denied(people(), 'github/saml-identities'), 'no-data', {}, written],
  ['the directory was refused', denied(people(), 'microsoft365/users'), 'no-data', {}, written],
  ['users of AWS were refused', denied(people(), 'aws/credential-report'), 'no-data', {}, written],
];

import { type Case, denied, spoiled, unknown } from '../told.ts';
import { mail } from '../worlds/mail.ts';

const on = { forwarding: 'On' };
const shut = { forwarding: false };
const policies = 'microsoft365/exchange-outbound-spam-policies';
const remotes = 'microsoft365/exchange-remote-domains';
const remote = (...records: (readonly [string, unknown, unknown])[]) =>
  spoiled(mail({ policy: on }), remotes, {
    records: records.map(([id, name, forwarding]) => ({ kind: 'remote-domain', id, name, forwarding })),
  });

export const cases: readonly Case[] = [
  ['policies refuse it', mail(), 'pass'],
  ['one policy does not, and remote domains do', mail({ policy: on, remote: shut }), 'pass'],
  ['neither does', mail({ policy: on }), 'fail'],
  [
    'one policy does not, and one remote domain is let be',
    remote(['Default', '*', false], ['Pay', 'pay.example', true]),
    'fail',
  ],
  [
    'one policy does not, and the remote domain that is let be is named',
    remote(['Default', '*', false], ['Pay', 'Pay.example', true]),
    'pass',
    { domains: ['pay.example'] },
  ],
  [
    'one policy does not, and the remote domain for every other is not told',
    remote(['Pay', 'pay.example', false]),
    'no-data',
  ],
  [
    'one policy does not, and whose remote domain it is is not told',
    remote(['Default', unknown, false]),
    'no-data',
  ],
  [
    'one policy does not, and what a remote domain takes is not told',
    remote(['Default', '*', unknown]),
    'no-data',
  ],
  ['what a policy does is not told', mail({ policy: { forwarding: unknown } }), 'no-data'],
  ['what a policy does is not known', mail({ policy: { forwarding: 'Perhaps' } }), 'no-data'],
  [
    'what a policy does is not told, and remote domains refuse it',
    mail({ policy: { forwarding: unknown }, remote: shut }),
    'pass',
  ],
  ['no policy is told', spoiled(mail(), policies, { records: [] }), 'no-data'],
  ['policies are refused', denied(mail(), policies), 'no-data'],
  ['remote domains are refused', denied(mail(), remotes), 'no-data'],
];

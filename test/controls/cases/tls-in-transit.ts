import { denied, more, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud, things } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const by = (tlsPolicy: unknown) => world({ listener: { tlsPolicy } });

export const cases: readonly Case[] = [
  ['TLS 1.2 and newer, and plain requests are sent there', world(), 'pass'],
  ['TLS 1.3 alone', by('ELBSecurityPolicy-TLS13-1-3-2021-06'), 'pass'],
  [
    'a policy that is ready for what comes after quantum computers',
    by('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'),
    'pass',
  ],
  ['a policy of the FIPS sort', by('ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04'), 'pass'],
  ['a policy of TLS 1.2 before 1.3 came', by('ELBSecurityPolicy-TLS-1-2-2017-01'), 'pass'],
  ['a policy of forward secrecy', by('ELBSecurityPolicy-FS-1-2-Res-2020-10'), 'pass'],
  ['a policy of TLS 1.3 that takes 1.0 too', by('ELBSecurityPolicy-TLS13-1-0-2021-06'), 'fail'],
  ['a policy that takes TLS 1.1', by('ELBSecurityPolicy-TLS-1-1-2017-01'), 'fail'],
  ['the policy where nobody chose one', by('ELBSecurityPolicy-2016-08'), 'fail'],
  ['a policy that nobody knows', by('our-own-policy'), 'no-data'],
  ['a policy whose name only begins like one', by('ELBSecurityPolicy-TLS13-1-2-2021-06-or-older'), 'no-data'],
  [
    'a listener that hands on what comes',
    world({ listener: { tlsPolicy: 'none', protocol: 'TCP' } }),
    'no-data',
  ],
  ['a listener of which it is not told', by(unknown), 'no-data'],
  ['plain requests are answered', world({ rule: { sendsToTls: false } }), 'fail'],
  ['what is done with plain requests is not told', world({ rule: { sendsToTls: unknown } }), 'no-data'],
  ['what is done with plain requests was refused', denied(world(), 'aws/load-balancer-rules'), 'no-data'],
  [
    'one of two rules answers plain requests',
    more(world(), 'aws/load-balancer-rules', {
      kind: 'listener-rule',
      id: 'another',
      partition: things.plain,
      listener: things.plain,
      sendsToTls: false,
    }),
    'fail',
  ],
  ['plain requests within', world({ rule: { sendsToTls: false }, balancer: { public: false } }), 'pass'],
  [
    'a load balancer of which it is not told whether it is open',
    world({ balancer: { public: unknown } }),
    'no-data',
  ],
  ['load balancers that were refused', denied(world(), 'aws/load-balancers'), 'no-data'],
  [
    'a certificate that ends within two weeks',
    world({ certificate: { expiresAt: '2026-07-14T00:00:00Z' } }),
    'fail',
  ],
  [
    'a certificate that has just two weeks left',
    world({ certificate: { expiresAt: '2026-07-14T03:00:00Z' } }),
    'pass',
  ],
  ['a certificate that has ended', world({ certificate: { expiresAt: '2026-06-01T00:00:00Z' } }), 'fail'],
  [
    'a certificate that nothing uses has ended',
    world({ certificate: { inUse: false, expiresAt: '2026-06-01T00:00:00Z' } }),
    'pass',
  ],
  ['a certificate whose end is not told', world({ certificate: { expiresAt: unknown } }), 'no-data'],
  ['the policy wants longer', world(), 'fail', { leastDaysLeft: 90 }],
  ['certificates that nobody was asked for', without(world(), 'aws/certificates'), 'no-data'],
];

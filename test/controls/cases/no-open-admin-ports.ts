import { denied, spoiled, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (firewall: Readonly<Record<string, unknown>> = {}) => [...aws(), ...cloud({ firewall })];
const open = (...rules: readonly string[]) => world({ openToAll: rules });

export const cases: readonly Case[] = [
  ['the web is open and nothing else', world(), 'pass'],
  ['SSH is open', open('tcp 22-22'), 'fail'],
  ['RDP is open by UDP', open('udp 3389-3389'), 'fail'],
  ['a range of ports holds one of them', open('tcp 3000-4000'), 'fail'],
  ['ranges on both sides of one', open('tcp 0-21', 'tcp 24-134'), 'pass'],
  ['everything is open', open('all'), 'fail'],
  ['all ports of a protocol that is told by its number', open('6'), 'fail'],
  ['ICMP is open', open('icmp -1--1', 'icmpv6 -1--1', '50'), 'pass'],
  ['ports that are not understood', open('tcp some'), 'no-data'],
  ['a protocol that is not told', open(''), 'no-data'],
  ['a rule that is not understood beside one that is open', open('tcp some', 'tcp 22-22'), 'fail'],
  ['a port that the policy names is open', open('tcp 8443-8443'), 'fail', { ports: [8443] }],
  ['a port that the policy does not name is open', open('tcp 22-22'), 'pass', { ports: [3389] }],
  ['a list of addresses may come in by SSH', world({ openToLists: ['tcp 22-22'] }), 'no-data'],
  ['a list of addresses, and all the internet', world({ openToLists: ['all'], openToAll: ['all'] }), 'fail'],
  ['a group of which its rules are not told', world({ openToAll: unknown }), 'no-data'],
  ['groups that were refused', denied(world(), 'aws/security-groups'), 'no-data'],
  ['there are no groups', spoiled(world(), 'aws/security-groups', { records: [] }), 'not-applicable'],
];

import { z } from 'zod';
import { Firewall } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass } from '../finding.ts';
import { portsWithin } from '../port-ranges.ts';

/** Remote control of machines (SSH, Telnet, RPC, SMB, RDP, VNC, WinRM), then databases. */
const usual = [...[22, 23, 135, 445, 3389, 5900, 5985, 5986], ...[1433, 1521, 3306, 5432, 6379, 9200, 27017]];

export const noOpenAdminPorts = control({
  id: 'no-open-admin-ports',
  severity: 'critical',
  assertion:
    'At each reading, no security group of a connected AWS account, whatever stood behind it, had a rule that let in every address of the internet, or a range wider than a /8 of IPv4 or a /16 of IPv6, to a port of remote control or of databases that the policy names (22, 23, 135, 445, 1433, 1521, 3306, 3389, 5432, 5900, 5985, 5986, 6379, 9200 and 27017 unless it says otherwise). Regions that are not switched on were not looked at.',
  board: 'Attackers and insurers alike look for remote-control ports that the whole internet can reach.',
  remedy:
    'Take the listed ports from the rules of the group, and reach machines by Session Manager or a private network.',
  collectors: ['aws'],
  population: 'security groups of connected AWS accounts',
  parameters: z.strictObject({
    /** Ports that nobody may open to the internet, by TCP or UDP. */
    ports: z.array(z.number().int().min(0).max(65_535)).min(1).default(usual),
  }),
  over: need(Firewall, ['openToAll', 'openToLists']),
  related: {},
  test: (firewall, { parameters: { ports } }) => {
    const judged = (
      field: 'openToAll' | 'openToLists',
      none: string,
      open: (found: string) => ReturnType<typeof fail>,
    ) =>
      firewall.given([field], (it) => {
        const found = it[field].map((rule) => [rule, portsWithin(rule, ports)] as const);
        const strange = found.find(([, within]) => within === null);
        const within = [...new Set(found.flatMap(([, each]) => each ?? []))].sort((a, b) => a - b);
        if (within.length > 0) return open(within.join(', '));
        return strange ? noData(`a rule is not understood: ${strange[0]}`) : pass(none);
      });
    return all([
      judged('openToAll', 'none of these ports is open to the internet', (found) =>
        fail(`open to the internet: ${found}`),
      ),
      judged('openToLists', 'nor to a list of addresses', (found) =>
        noData(`a list of addresses, of which nobody has read what is in it, is let in to: ${found}`),
      ),
    ]);
  },
});

import { z } from 'zod';
import { Device } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

/** Systems of telephones and tablets, as Intune's names of systems begin. */
const pocket = /^(?:ios|ipados|android|visionos|tvos)/i;

export const deviceEncryption = control({
  id: 'device-encryption',
  severity: 'high',
  assertion:
    'At each reading, no computer of the company’s that Intune manages in a connected Microsoft 365 tenant had said last that it was not encrypted, and every one that had been heard of within the days that the policy allows (30 unless it says otherwise) had said that it was. Telephones and tablets, devices that Intune calls personal, and devices that it does not manage were not judged.',
  board: 'A lost laptop must not be a data breach.',
  remedy: 'Turn on BitLocker or FileVault by policy for the listed computers.',
  collectors: ['microsoft365'],
  population: 'devices that Intune manages in connected Microsoft 365 tenants',
  parameters: z.strictObject({ maximumDaysSilent: z.number().int().min(1).default(30) }),
  over: need(Device, ['system', 'owner', 'encrypted', 'lastSeenAt']),
  related: {},
  test: (device, { asOf, parameters: { maximumDaysSilent } }) =>
    device.given(['system', 'owner'], ({ system, owner }) => {
      if (pocket.test(system)) return notApplicable(`a telephone or tablet, with ${system}`);
      if (owner === 'personal') return notApplicable('a personal device, as Intune calls it');
      return device.given(['encrypted'], ({ encrypted }) => {
        if (!encrypted) return fail('it said last that it is not encrypted');
        return device.given(['lastSeenAt'], ({ lastSeenAt }) => {
          const days = daysBetween(lastSeenAt, asOf);
          if (days < 0) return noData('the source tells a time after it was read');
          return days > maximumDaysSilent
            ? notApplicable(`it was last heard of ${days} days ago, and said then that it is encrypted`)
            : pass('it is encrypted, as it said itself');
        });
      });
    }),
});

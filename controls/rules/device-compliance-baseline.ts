import { z } from 'zod';
import { Device, DeviceManagement, Organization } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass, unless } from '../finding.ts';
import { told } from '../told.ts';

export const deviceComplianceBaseline = control({
  id: 'device-compliance-baseline',
  severity: 'medium',
  assertion:
    'At each reading, at least as many of 100 devices that Intune manages in every connected Microsoft 365 tenant as the policy wants (95 unless it says otherwise) met the policies for devices, and one for which there is no policy did not count as one that does. What the policies ask, devices that Intune does not manage, and whether anybody is kept from signing in without such a device were not judged.',
  board: 'Unmanaged machines carry malware in.',
  remedy: 'Assign a policy for devices to everybody, and mend or retire the devices that miss it.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  tolerant: true,
  parameters: z.strictObject({ minimumOf100: z.number().min(50).max(100).default(95) }),
  over: need(Organization, ['name']),
  related: {
    devices: need(Device, ['compliance']),
    settings: need(DeviceManagement, ['unassignedIsNotCompliant']),
  },
  test: (_, { related, open, parameters: { minimumOf100 } }) => {
    const settings = related('settings').map((each) =>
      each.given(['unassignedIsNotCompliant'], ({ unassignedIsNotCompliant }) =>
        unassignedIsNotCompliant
          ? pass('a device without a policy counts as one that misses it')
          : fail('a device without a policy counts as one that meets it'),
      ),
    );
    if (settings.length === 0) settings.push(noData(open('settings') ?? 'its settings are not told'));
    const { known, untold } = told(related('devices'), ['compliance']);
    const total = related('devices').length;
    const good = known.filter(({ compliance }) => compliance === 'compliant').length;
    // Whoever is not told may meet them; where even that does not suffice, it fails.
    const best = good + total - known.length;
    const enough = (count: number) => count * 100 >= minimumOf100 * total;
    const text = `${good} of ${total} devices meet the policies, at least ${minimumOf100} of 100 are wanted`;
    const share =
      total === 0
        ? noData('Intune manages no device, and whether something else does was not read')
        : enough(good)
          ? (untold ?? pass(text))
          : enough(best) && untold
            ? untold
            : unless(open('devices'), fail(text));
    return all([...settings, share]);
  },
});

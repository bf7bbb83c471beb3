import { z } from 'zod';
import { DirectoryDevice, Machine, SensorCoverage, Scanner } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, any, fail, noData, notApplicable, pass, unless } from '../finding.ts';

/** What telephones and tablets run, as Entra writes it. */
const portable = /^(?:ios|ipad|iphone|android)/i;

export const edrCoverage = controlOverParts({
  id: 'edr-coverage',
  severity: 'critical',
  assertion:
    "At each reading, GuardDuty's agent watched every machine of the connected AWS accounts that was running, and told what it saw. Other programs that look for attacks, on machines in AWS and on the computers of people, are not read: where a connected Microsoft 365 tenant knows a computer that is not switched off there and was seen in the days that the policy names (30 unless it says otherwise), nothing is said. Telephones and tablets, containers, and regions that are not switched on, were not looked at.",
  board: 'Detection is what turns an intrusion into a small loss.',
  remedy:
    'Turn on Runtime Monitoring of GuardDuty with its agent for the listed machines; of another product, hand over its list of machines, with when each was last seen.',
  collectors: ['aws', 'microsoft365'],
  population: 'machines of connected AWS accounts, and devices of connected Microsoft 365 tenants',
  parameters: z.strictObject({ seenWithinDays: z.number().int().min(1).default(30) }),
  parts: (part) => [
    part({
      collectors: ['aws'],
      over: need(Machine, ['state']),
      related: {
        // Where GuardDuty is off nothing is listed, and where it is on that is asked of it.
        detectors: need(
          Scanner,
          ['enabled'],
          { cloudAccount: 'cloudAccount', region: 'region' },
          { type: ['threats'] },
        ),
        sensors: need(SensorCoverage, ['healthy', 'because'], 'resource'),
      },
      test: (machine, { related, open }) =>
        machine.given(['state'], ({ state }) => {
          if (state !== 'running' && state !== 'pending')
            return notApplicable(`AWS calls the machine ${state}`);
          const other =
            'whether another program that looks for attacks watches it is not read: hand over its list of machines';
          const sensors = related('sensors').map((sensor) =>
            sensor.given(['healthy'], ({ healthy }) => {
              if (healthy) return pass("GuardDuty's agent watches it");
              const why = sensor.given(['because'], ({ because }) => pass(` (${because})`));
              return fail(`GuardDuty's agent tells nothing${why.status === 'pass' ? why.reason : ''}`);
            }),
          );
          const none = noData(`GuardDuty does not know it as a machine that it watches; ${other}`);
          const watched = any(sensors, none);
          if (watched.status !== 'pass') return unless(open('detectors') ?? open('sensors'), watched);
          // What was seen last stays listed while GuardDuty is suspended, and sees nothing.
          const detectors = related('detectors').map((detector) =>
            detector.given(['enabled'], ({ enabled }) =>
              enabled ? pass('GuardDuty is on there') : fail('GuardDuty is suspended there'),
            ),
          );
          return detectors.length === 0
            ? noData(open('detectors') ?? 'no detector of GuardDuty is there')
            : all([watched, ...detectors]);
        }),
    }),
    part({
      collectors: ['microsoft365'],
      over: need(DirectoryDevice, ['enabled', 'lastSeenAt', 'system']),
      related: {},
      test: (device, { asOf, parameters: { seenWithinDays } }) =>
        device.given(['enabled'], ({ enabled }) => {
          if (!enabled) return notApplicable('it is switched off in the directory');
          return device.given(['system', 'lastSeenAt'], ({ system, lastSeenAt }) => {
            if (portable.test(system)) return notApplicable(`it runs ${system} and is no computer`);
            return lastSeenAt === 'never' || daysBetween(lastSeenAt, asOf) > seenWithinDays
              ? notApplicable(`it was not seen in the last ${seenWithinDays} days`)
              : noData(
                  'whether a program that looks for attacks watches it is not read: hand over the list of devices of that product, with when each was last seen',
                );
          });
        }),
    }),
  ],
});

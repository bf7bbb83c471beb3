import { z } from 'zod';
import { CloudRegion, Scanner } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { any, fail, notApplicable, pass, unless } from '../finding.ts';

export const threatDetectionOn = control({
  id: 'threat-detection-on',
  severity: 'high',
  assertion:
    'At each reading, GuardDuty was switched on in every region that is switched on of every connected, active AWS account. What it found, and what became of that, was not looked at.',
  board: 'Somebody must hear the alarm.',
  remedy: 'Turn on GuardDuty in the listed regions, best by a delegated administrator for all accounts.',
  collectors: ['aws'],
  population: 'regions of connected, active AWS accounts',
  parameters: z.strictObject({}),
  over: need(CloudRegion, ['enabled']),
  related: {
    detectors: need(
      Scanner,
      ['enabled'],
      { cloudAccount: 'cloudAccount', region: 'name' },
      { type: ['threats'] },
    ),
  },
  test: (region, { related, open }) =>
    region.given(['enabled'], (it) =>
      it.enabled
        ? unless(
            open('detectors'),
            any(
              related('detectors').map((detector) =>
                detector.given(['enabled'], ({ enabled }) =>
                  enabled ? pass('GuardDuty is on') : fail('GuardDuty is switched off'),
                ),
              ),
              fail('GuardDuty was never switched on'),
            ),
          )
        : notApplicable('the region is not switched on'),
    ),
});

import { z } from 'zod';
import { CloudRegion, ConfigurationRecorder } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, any, fail, notApplicable, pass, unless } from '../finding.ts';

export const configRecorderOn = control({
  id: 'config-recorder-on',
  severity: 'medium',
  assertion:
    'At each reading, AWS Config was recording every supported type of thing in every region that is switched on of every connected, active AWS account.',
  board: 'It tells what changed, when, and how it was before.',
  remedy: 'Turn on the recorder for all types in the listed regions, or switch the region off.',
  collectors: ['aws'],
  population: 'regions of connected, active AWS accounts',
  parameters: z.strictObject({}),
  over: need(CloudRegion, ['enabled']),
  related: {
    recorders: need(ConfigurationRecorder, ['records', 'recording'], {
      cloudAccount: 'cloudAccount',
      region: 'name',
    }),
  },
  test: (region, { related, open }) =>
    region.given(['enabled'], ({ enabled }) =>
      enabled
        ? unless(
            open('recorders'),
            any(
              related('recorders').map((recorder) =>
                all([
                  recorder.given(['recording'], ({ recording }) =>
                    recording ? pass('the recorder is on') : fail('the recorder is switched off'),
                  ),
                  recorder.given(['records'], ({ records }) =>
                    records === 'all'
                      ? pass('it records all types')
                      : fail('the recorder leaves some types out'),
                  ),
                ]),
              ),
              fail('there is no recorder'),
            ),
          )
        : notApplicable('the region is not switched on'),
    ),
});

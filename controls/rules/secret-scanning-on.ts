import { z } from 'zod';
import { Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, notApplicable, pass } from '../finding.ts';

export const secretScanningOn = control({
  id: 'secret-scanning-on',
  severity: 'high',
  assertion:
    'At each reading, every repository that is not archived of every connected GitHub organisation had secret scanning on, and push protection, by which GitHub refuses a push that holds a secret it knows by its form. Secrets of other forms, and who may push past a refusal, are not part of this statement.',
  board: 'Leaked keys are found by robots within minutes.',
  remedy:
    'Apply a code security configuration that turns on secret scanning and push protection to all repositories, and make it the default for new ones.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Repository, ['archived', 'secretScanning', 'pushProtection']),
  related: {},
  test: (repository) =>
    repository.given(['archived'], ({ archived }) => {
      if (archived) return notApplicable('the repository is archived: nothing can be pushed to it');
      return all([
        repository.given(['secretScanning'], ({ secretScanning }) =>
          secretScanning ? pass('secret scanning is on') : fail('secret scanning is off'),
        ),
        repository.given(['pushProtection'], ({ pushProtection }) =>
          pushProtection ? pass('push protection is on') : fail('push protection is off'),
        ),
      ]);
    }),
});

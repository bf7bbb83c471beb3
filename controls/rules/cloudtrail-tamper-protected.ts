import { z } from 'zod';
import { AuditTrail, DataStore } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass } from '../finding.ts';

export const cloudtrailTamperProtected = control({
  id: 'cloudtrail-tamper-protected',
  severity: 'high',
  assertion:
    'At each reading, every CloudTrail trail for all regions that a connected AWS account has or sees wrote digests against which its files can be held, and wrote to a bucket of a connected account other than the one whose trail it is, in which nobody can delete what is written before its time, whatever right they have. Who may change the trail, and trails for one region, were not looked at.',
  board: 'The record must survive the intruder, and the administrator.',
  remedy:
    'Write the trail to a bucket in an account of its own for logs, with Object Lock by default, in its strict mode, and turn on log file validation.',
  collectors: ['aws'],
  population: 'CloudTrail trails for all regions, as each connected AWS account sees them',
  parameters: z.strictObject({}),
  over: need(AuditTrail, ['owner', 'fileValidation', 'bucket'], undefined, { multiRegion: [true] }),
  related: {
    buckets: need(DataStore, ['cloudAccount', 'locked'], { id: 'bucket' }, { type: ['bucket'] }),
  },
  test: (trail, { related }) =>
    all([
      trail.given(['fileValidation'], ({ fileValidation }) =>
        fileValidation ? pass('its files can be held against digests') : fail('it writes no digests'),
      ),
      trail.given(['bucket', 'owner'], ({ bucket, owner }) => {
        const [found] = related('buckets');
        if (!found) return noData(`${bucket}, where it is written, stands in no account that was read`);
        return all([
          found.given(['cloudAccount'], ({ cloudAccount }) =>
            cloudAccount === owner
              ? fail(`it is written to ${bucket} in the very account whose trail it is`)
              : pass(`it is written to ${bucket} in another account`),
          ),
          found.given(['locked'], ({ locked }) =>
            locked === 'by-nobody'
              ? pass('nobody can delete what is in there before its time')
              : fail(
                  locked === 'by-few'
                    ? `whoever has a special right can delete what is in ${bucket}`
                    : `nothing keeps what is in ${bucket} from being deleted`,
                ),
          ),
        ]);
      }),
    ]),
});

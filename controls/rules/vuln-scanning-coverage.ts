import { z } from 'zod';
import { CloudFunction, ImageRegistry, Machine, ScanCoverage, Scanner } from '../../evidence-model/kinds.ts';
import { controlOverParts, need, type View } from '../control.ts';
import { any, fail, notApplicable, pass, unless, type Finding } from '../finding.ts';

const related = {
  // Where Inspector is off nothing is listed, and where it is on that is asked of it.
  inspectors: need(
    Scanner,
    ['enabled'],
    { cloudAccount: 'cloudAccount', region: 'region' },
    { type: ['vulnerabilities'] },
  ),
  scans: need(ScanCoverage, ['scan', 'scanned', 'because'], 'resource'),
} as const;

type Scan = View<{ readonly scan: string; readonly scanned: boolean; readonly because: string }>;

/** Whether Inspector looks for holes in what is installed; that it looks at the network is something else. */
function scannedBy(scans: readonly Scan[], open: string | null): Finding {
  const findings = scans
    .map((scan) =>
      scan.given(['scan'], (it) => {
        if (it.scan !== 'PACKAGE') return notApplicable('it looks at something else');
        return scan.given(['scanned'], ({ scanned }) => {
          if (scanned) return pass('Inspector looks at it');
          const why = scan.given(['because'], ({ because }) => pass(because));
          return fail(`Inspector does not look at it${why.status === 'pass' ? `: ${why.reason}` : ''}`);
        });
      }),
    )
    .filter(({ status }) => status !== 'not-applicable');
  return unless(open, any(findings, fail('Inspector does not know it')));
}

export const vulnScanningCoverage = controlOverParts({
  id: 'vuln-scanning-coverage',
  severity: 'medium',
  assertion:
    'At each reading, Amazon Inspector looked for known holes in every running machine and every function of the connected AWS accounts, and either it did so in every registry of images, or the registry looked at each image that came. What was found, when it last looked, and regions that are not switched on were not looked at.',
  board: 'You cannot fix what you do not look at.',
  remedy: 'Turn on Inspector for machines, images and functions, and see to the agents that it misses.',
  collectors: ['aws'],
  population: 'machines, functions and registries of images of connected AWS accounts',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(Machine, ['state']),
      related,
      test: (machine, { related, open }) =>
        machine.given(['state'], ({ state }) =>
          state === 'running' || state === 'pending'
            ? scannedBy(related('scans'), open('inspectors') ?? open('scans'))
            : notApplicable(`AWS calls the machine ${state}`),
        ),
    }),
    part({
      over: need(CloudFunction, []),
      related,
      test: (_, { related, open }) => scannedBy(related('scans'), open('inspectors') ?? open('scans')),
    }),
    part({
      over: need(ImageRegistry, ['scanOnPush']),
      related,
      test: (registry, { related, open }) => {
        const inspected = scannedBy(related('scans'), open('inspectors') ?? open('scans'));
        return any(
          [
            inspected,
            registry.given(['scanOnPush'], ({ scanOnPush }) =>
              scanOnPush ? pass('it looks at each image that comes') : inspected,
            ),
          ],
          inspected,
        );
      },
    }),
  ],
});

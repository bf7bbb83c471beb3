import { z } from 'zod';
import { MailSettings } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass } from '../finding.ts';

export const externalMailTagged = control({
  id: 'external-mail-tagged',
  severity: 'low',
  assertion:
    'At each reading, Outlook was set to mark mail from outside in every connected Microsoft 365 tenant, but for mail of addresses and domains that the policy names. Rules of transport, and other programs for mail, were not read.',
  board: 'Helps staff spot fake internal requests.',
  remedy: 'Turn on the mark with Set-ExternalInOutlook, and empty its list of exceptions.',
  collectors: ['microsoft365'],
  population: 'Exchange Online of connected Microsoft 365 tenants',
  parameters: z.strictObject({
    /** Addresses and domains whose mail need not be marked, as Exchange writes them. */
    unmarked: z.array(z.string().toLowerCase()).default([]),
  }),
  over: need(MailSettings, ['outsideMarked', 'outsideUnmarked']),
  related: {},
  test: (settings, { parameters: { unmarked } }) =>
    all([
      settings.given(['outsideMarked'], ({ outsideMarked }) =>
        outsideMarked
          ? pass('Outlook marks mail from outside')
          : noData(
              'Outlook does not mark mail from outside, and whether a rule of transport does was not read',
            ),
      ),
      settings.given(['outsideUnmarked'], ({ outsideUnmarked }) => {
        const others = outsideUnmarked.filter((each) => !unmarked.includes(each.toLowerCase()));
        return others.length === 0
          ? pass('Outlook marks mail from outside')
          : fail(`mail from outside is not marked where it is from ${others.join(', ')}`);
      }),
    ]),
});

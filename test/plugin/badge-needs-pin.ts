import { z } from 'zod';
import { control, need } from '../../controls/control.ts';
import { fail, pass } from '../../controls/finding.ts';
import { Account } from '../../evidence-model/kinds.ts';

/* A control outside the program's list. One file. */
export const badgeNeedsPin = control({
  id: 'badge-needs-pin',
  severity: 'low',
  assertion: 'At each reading, every badge needed a PIN.',
  board: 'A lost badge alone must not open the door.',
  remedy: 'Set a PIN for each listed holder.',
  collectors: ['badges'],
  population: 'badge holders',
  parameters: z.strictObject({}),
  over: need(Account, ['mfaEnabled']),
  related: {},
  test: (holder) =>
    holder.given(['mfaEnabled'], ({ mfaEnabled }) =>
      mfaEnabled ? pass('needs a PIN') : fail('needs no PIN'),
    ),
});

import { z } from 'zod';
import { Attestation, ConnectedSource } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, manual, pass } from '../finding.ts';

export const saasBackupDeclared = control({
  id: 'saas-backup-declared',
  severity: 'medium',
  assertion:
    'Of each connected Microsoft 365 tenant and GitHub organisation it was stated by somebody who is named, within the days before each reading that the policy allows (365 unless it says otherwise) and with a last day that had not passed, that its data are backed up, by which product and for how long they are kept, or that they are not and who accepted that. Whether that is so is not part of this statement.',
  board: 'Avoids counting a folder that is kept alike for a backup.',
  remedy: 'Decide whether the data are backed up, and write it down under `attestations`.',
  collectors: ['microsoft365', 'github'],
  population: 'connected Microsoft 365 tenants and GitHub organisations',
  parameters: z.strictObject({ maxAgeDays: z.number().int().min(1).max(730).default(365) }),
  over: need(ConnectedSource, ['name']),
  related: {
    statements: need(
      Attestation,
      [
        ...(['by', 'role', 'statedOn', 'validUntil', 'topic'] as const),
        ...(['backedUp', 'product', 'keptDays', 'acceptedBy'] as const),
      ],
      undefined,
      { topic: ['saas-backup'] },
    ),
  },
  test: (_, { asOf, related, parameters: { maxAgeDays } }) => {
    const today = asOf.slice(0, 10);
    const findings = related('statements').map((statement) =>
      statement.given(['by', 'role', 'statedOn', 'validUntil', 'backedUp'], (it) => {
        const who = `by ${it.by} (${it.role}) on ${it.statedOn}`;
        if (it.statedOn > today) return manual(`what is stated ${who} is of a day to come`);
        if (it.validUntil < today || daysBetween(it.statedOn, today) > maxAgeDays)
          return manual(`what was stated ${who} is too old to rely upon`);
        if (it.backedUp)
          return statement.given(['product', 'keptDays'], ({ product, keptDays }) =>
            pass(`it was stated ${who} that ${product} backs it up and keeps copies for ${keptDays} days`),
          );
        return statement.given(['acceptedBy'], ({ acceptedBy }) =>
          acceptedBy === 'nobody'
            ? fail(`it was stated ${who} that it is not backed up, and nobody accepted that`)
            : pass(`it was stated ${who} that it is not backed up, and accepted by ${acceptedBy}`),
        );
      }),
    );
    // Who says otherwise at the same time is not passed over for who says it well.
    const live = findings.filter(({ status }) => status !== 'manual');
    if (live.length > 0) return all(live);
    return findings.length > 0 ? all(findings) : manual('nobody stated whether it is backed up');
  },
});

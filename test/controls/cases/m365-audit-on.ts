import { type Case, denied, unknown, without } from '../told.ts';
import { exchange } from '../worlds/mail.ts';

const set = (settings: Readonly<Record<string, unknown>>) => exchange({ settings });

export const cases: readonly Case[] = [
  ['both are on', exchange(), 'pass'],
  ['nothing is taken in', set({ activitiesRecorded: false }), 'fail'],
  ['mailboxes are not audited', set({ mailboxesAudited: false }), 'fail'],
  ['whether it is taken in is not told', set({ activitiesRecorded: unknown }), 'no-data'],
  ['whether mailboxes are audited is not told', set({ mailboxesAudited: unknown }), 'no-data'],
  ['nobody read the log', without(exchange(), 'microsoft365/exchange-admin-audit-log-config'), 'no-data'],
  ['the organisation is refused', denied(exchange(), 'microsoft365/exchange-organization-config'), 'no-data'],
  ['nobody agreed that Exchange is read', [], 'no-data'],
];

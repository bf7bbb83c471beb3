import { denied, spoiled, unknown, type Case } from '../told.ts';
import { filtered } from '../worlds/mail-filter.ts';

const places = ['built-in-protection', 'safe-attachment-policies', 'safe-links-policies'].map(
  (name) => `microsoft365/exchange-${name}`,
);

export const cases: readonly Case[] = [
  ['everything is checked', filtered(), 'pass'],
  ['the second plan holds the first', filtered({ services: ['THREAT_INTELLIGENCE'] }), 'pass'],
  ['nobody bought what it takes', filtered({ services: ['EXCHANGE_S_ENTERPRISE'] }), 'fail'],
  ['what was bought is not told', filtered({ services: unknown }), 'no-data'],
  ['somebody is left out', filtered({ protection: { excludes: ['pilots'] } }), 'fail'],
  ['whom it leaves out is not told', filtered({ protection: { excludes: unknown } }), 'no-data'],
  ['one policy checks no attachments', filtered({ attachments: { enabled: false } }), 'fail'],
  ['one policy only watches', filtered({ attachments: { action: 'Allow' } }), 'fail'],
  ['one policy says a new word', filtered({ attachments: { action: 'Ponder' } }), 'no-data'],
  ['what one does is not told', filtered({ attachments: { action: unknown } }), 'no-data'],
  ['one policy checks no links', filtered({ links: { enabled: false } }), 'fail'],
  ['one policy follows no links', filtered({ links: { scans: false } }), 'fail'],
  ['one policy does not wait', filtered({ links: { waits: false } }), 'fail'],
  ['one policy leaves out a link', filtered({ links: { unchecked: ['*.partner.example/*'] } }), 'fail'],
  ['which links one leaves out is not told', filtered({ links: { unchecked: unknown } }), 'no-data'],
  ...places.flatMap((dataset): Case[] => [
    [`${dataset} is refused`, denied(filtered(), dataset), 'no-data'],
    [`${dataset} names nothing`, spoiled(filtered(), dataset, { records: [] }), 'no-data'],
  ]),
];

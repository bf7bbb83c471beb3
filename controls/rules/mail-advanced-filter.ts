import { z } from 'zod';
import {
  AttachmentPolicy,
  BuiltInMailProtection,
  Licence,
  LinkPolicy,
  Organization,
} from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { all, fail, noData, pass, type Finding } from '../finding.ts';
import { bought, plans } from '../licences.ts';

/** What keeps a harmful attachment from whom it was sent to: https://learn.microsoft.com/defender-office-365/safe-attachments-about */
const keeping: readonly string[] = ['block', 'replace', 'dynamicdelivery'];
const letting: readonly string[] = ['allow'];

export const mailAdvancedFilter = control({
  id: 'mail-advanced-filter',
  severity: 'high',
  assertion:
    'At each reading, every connected Microsoft 365 tenant had a licence with which Microsoft opens attachments and follows links before it delivers mail; its built-in protection, which is for whomever no other policy is for, left nobody out; and every policy for attachments kept what was found to be harmful from people, and every one for links followed all of them and had mail wait for that. Whether every mailbox has such a licence, rules of transport and lists of senders that are let through, what is done after delivery, and whether people may go on to a link in spite of a warning were not judged.',
  board: 'Most attacks begin with mail.',
  remedy:
    'Assign the strict preset policy to everybody, and empty the lists of links and recipients that are left out.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(Organization, ['name']),
  related: {
    licences: need(Licence, ['services']),
    protection: need(BuiltInMailProtection, ['excludes']),
    attachments: need(AttachmentPolicy, ['enabled', 'action']),
    links: need(LinkPolicy, ['enabled', 'scans', 'waits', 'unchecked']),
  },
  test: (_, { related, open }) => {
    const licence = bought(plans.mailProtection, related('licences'), open('licences'));
    if (licence.status === 'fail')
      return fail('no licence is there with which Microsoft checks attachments and links');
    const protection = related('protection').map((rule) =>
      rule.given(['excludes'], ({ excludes }) =>
        excludes.length === 0
          ? good
          : fail(`the built-in protection leaves out ${excludes.length} domains, addresses or groups`),
      ),
    );
    const attachments = related('attachments').map(attachmentsKept);
    const links = related('links').map(linksFollowed);
    for (const [name, findings] of [
      ['protection', protection],
      ['attachments', attachments],
      ['links', links],
    ] as const)
      if (findings.length === 0) findings.push(noData(open(name) ?? `no policy for ${name} is told`));
    return all([licence, ...protection, ...attachments, ...links]);
  },
});

const good = pass('attachments and links are checked for everybody, by every policy');

function attachmentsKept(policy: View<{ enabled: boolean; action: string }>): Finding {
  return policy.given(['enabled', 'action'], ({ enabled, action }) => {
    if (!enabled) return fail(`the policy ${policy.id} checks no attachments`);
    const word = action.toLowerCase();
    if (letting.includes(word)) return fail(`the policy ${policy.id} delivers attachments that are harmful`);
    return keeping.includes(word)
      ? good
      : noData(`the policy ${policy.id} says a word that is not known: ${action}`);
  });
}

interface Links {
  readonly enabled: boolean;
  readonly scans: boolean;
  readonly waits: boolean;
  readonly unchecked: readonly string[];
}

function linksFollowed(policy: View<Links>): Finding {
  return all([
    policy.given(['enabled'], ({ enabled }) =>
      enabled ? good : fail(`the policy ${policy.id} checks no links`),
    ),
    policy.given(['scans'], ({ scans }) =>
      scans ? good : fail(`the policy ${policy.id} does not follow links that nobody knows yet`),
    ),
    policy.given(['waits'], ({ waits }) =>
      waits ? good : fail(`the policy ${policy.id} delivers mail before its links were followed`),
    ),
    policy.given(['unchecked'], ({ unchecked }) =>
      unchecked.length === 0 ? good : fail(`the policy ${policy.id} leaves out ${unchecked.join(', ')}`),
    ),
  ]);
}

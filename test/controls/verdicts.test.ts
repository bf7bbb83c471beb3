import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { frameworks } from '../../controls/framework.ts';
import { judged, type Told } from './support.ts';
import { aws, domains, github, globalAdministrator, microsoft365, nights, rsaKey } from './worlds.ts';

const unknown = { unknown: 'the source did not say' };
const without = (world: readonly Told[], dataset: string) => world.filter((told) => told.dataset !== dataset);
const spoiled = (world: readonly Told[], dataset: string, change: Partial<Told>) =>
  world.map((told) => (told.dataset === dataset ? { ...told, ...change } : told));
const more = (world: readonly Told[], dataset: string, ...records: Told['records']) =>
  world.map((told) =>
    told.dataset === dataset ? { ...told, records: [...told.records, ...records] } : told,
  );
const denied = (world: readonly Told[], dataset: string) =>
  spoiled(world, dataset, {
    records: [],
    partitions: Object.fromEntries(
      Object.keys(world.find((told) => told.dataset === dataset)?.partitions ?? { all: '' }).map((id) => [
        id,
        'denied' as const,
      ]),
    ),
  });

const classic = (pattern: string) => ({
  pattern,
  pullRequestRequired: true,
  approvals: 1,
  statusChecksRequired: false,
  administratorsBound: true,
  forcePushRefused: true,
  deletionRefused: true,
});

/** Control, what is the case, its world, and the status of the result. */
const cases: readonly (readonly [string, string, readonly Told[], string])[] = [
  ['mfa-required-github-org', 'it is required', github(), 'pass'],
  ['mfa-required-github-org', 'it is not', github({ organization: { mfaRequired: false } }), 'fail'],
  [
    'mfa-required-github-org',
    'GitHub answers null',
    github({ organization: { mfaRequired: unknown } }),
    'no-data',
  ],
  ['mfa-required-github-org', 'nothing was read', denied(github(), 'github/organization'), 'no-data'],

  ['dmarc-enforced', 'the domain says reject', domains(), 'pass'],
  [
    'dmarc-enforced',
    'it says quarantine',
    domains({ published: { dmarcPolicies: ['v=DMARC1;p=Quarantine;rua=mailto:a@b.example'] } }),
    'pass',
  ],
  [
    'dmarc-enforced',
    'it says none',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=none; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  ['dmarc-enforced', 'nothing is published', domains({ published: { dmarcPolicies: [] } }), 'fail'],
  [
    'dmarc-enforced',
    'it stands twice',
    domains({
      published: {
        dmarcPolicies: [
          'v=DMARC1; p=reject; rua=mailto:a@b.example',
          'v=DMARC1; p=reject; rua=mailto:a@b.example',
        ],
      },
    }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'a tag stands twice',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; p=none; rua=mailto:a@b.example'] } }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'it holds for a half',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; pct=50; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'its share is no number',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; pct=half; rua=mailto:a@b.example'] } }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'it is being tried',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; t=y; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'it leaves the names below it open',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'nobody is told',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'it says nothing that receivers know',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=refuse; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'the registered domain above speaks for it',
    domains({
      published: {
        dmarcPolicies: [],
        inheritedDmarcPolicies: ['v=DMARC1; p=none; sp=reject; rua=mailto:a@b.example'],
        organizationalDomain: 'example',
      },
    }),
    'pass',
  ],
  [
    'dmarc-enforced',
    'that one lets through what is below it',
    domains({
      published: {
        dmarcPolicies: [],
        inheritedDmarcPolicies: ['v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example'],
        organizationalDomain: 'example',
      },
    }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'that one has its own policy alone',
    domains({
      published: {
        dmarcPolicies: [],
        inheritedDmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example'],
        organizationalDomain: 'example',
      },
    }),
    'pass',
  ],
  [
    'dmarc-enforced',
    'its own word is weaker than that of the domain above',
    domains({
      published: {
        dmarcPolicies: ['v=DMARC1; p=none; rua=mailto:a@b.example'],
        inheritedDmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example'],
        organizationalDomain: 'example',
      },
    }),
    'fail',
  ],
  ['dmarc-enforced', 'the resolver failed', denied(domains(), 'microsoft365/dmarc-policies'), 'no-data'],
  ['dmarc-enforced', 'nobody was asked', microsoft365(), 'no-data'],

  ['spf-dkim-valid', 'it names its servers', domains(), 'pass'],
  ['spf-dkim-valid', 'it sends nothing', domains({ published: { senderPolicies: ['v=spf1 -all'] } }), 'pass'],
  ['spf-dkim-valid', 'it says nothing', domains({ published: { senderPolicies: [] } }), 'fail'],
  [
    'spf-dkim-valid',
    'it says so twice',
    domains({ published: { senderPolicies: ['v=spf1 -all', 'v=spf1 mx -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it doubts others, and DMARC acts on it',
    domains({ published: { senderPolicies: ['v=spf1 mx ~all'] } }),
    'pass',
  ],
  [
    'spf-dkim-valid',
    'it doubts others, and nothing acts on it',
    domains({ published: { senderPolicies: ['v=spf1 mx ~all'], dmarcPolicies: ['v=DMARC1; p=none'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it has no opinion of others',
    domains({ published: { senderPolicies: ['v=spf1 mx ?all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it lets anybody send',
    domains({ published: { senderPolicies: ['v=spf1 mx all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it says nothing of others',
    domains({ published: { senderPolicies: ['v=spf1 mx'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it lets every address send',
    domains({ published: { senderPolicies: ['v=spf1 ip4:0.0.0.0/0 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it refers to somebody who lets anybody send',
    domains({
      published: { senderPolicies: ['v=spf1 include:open.example -all'] },
      referred: { 'open.example': ['v=spf1 +all'] },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'eleven look-ups are one too many',
    domains({
      published: {
        senderPolicies: [
          'v=spf1 a:h0.example a:h1.example a:h2.example a:h3.example a:h4.example a:h5.example a:h6.example a:h7.example a:h8.example a:h9.example a:h10.example -all',
        ],
      },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'ten look-ups are not',
    domains({
      published: {
        senderPolicies: [
          'v=spf1 a:h0.example a:h1.example a:h2.example a:h3.example a:h4.example a:h5.example a:h6.example a:h7.example a:h8.example a:h9.example -all',
        ],
      },
    }),
    'pass',
  ],
  [
    'spf-dkim-valid',
    'look-ups of others count too',
    domains({
      published: { senderPolicies: ['v=spf1 include:many.example -all'] },
      referred: {
        'many.example': [
          'v=spf1 mx:h0.example mx:h1.example mx:h2.example mx:h3.example mx:h4.example mx:h5.example mx:h6.example mx:h7.example mx:h8.example mx:h9.example -all',
        ],
      },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it leads in a circle',
    domains({
      published: { senderPolicies: ['v=spf1 include:a.example -all'] },
      referred: {
        'a.example': ['v=spf1 include:b.example -all'],
        'b.example': ['v=spf1 include:a.example -all'],
      },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it refers to nothing',
    domains({
      published: { senderPolicies: ['v=spf1 include:a.example -all'] },
      referred: { 'a.example': [] },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'it hands on to another',
    domains({ published: { senderPolicies: ['v=spf1 redirect=spf.example'] } }),
    'pass',
  ],
  [
    'spf-dkim-valid',
    'what it refers to was not read',
    domains({ published: { senderPolicies: ['v=spf1 include:unread.example -all'] } }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'what it refers to depends on who sends',
    domains({ published: { senderPolicies: ['v=spf1 include:%{d}.example -all'] } }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'it is not well formed',
    domains({ published: { senderPolicies: ['v=spf1 ipv4:192.0.2.1 -all'] } }),
    'fail',
  ],
  ['spf-dkim-valid', 'its key was taken back', domains({ keys: ['v=DKIM1; p='] }), 'no-data'],
  ['spf-dkim-valid', 'no key is found', domains({ keys: [] }), 'no-data'],
  ['spf-dkim-valid', 'keys were not read', denied(domains(), 'microsoft365/signing-keys'), 'no-data'],
  [
    'dmarc-enforced',
    'its version is spaced',
    domains({ published: { dmarcPolicies: ['v = DMARC1 ;p=reject; rua=mailto:a@b.example'] } }),
    'pass',
  ],
  [
    'dmarc-enforced',
    'a weak policy is written oddly under a strong one',
    domains({
      published: {
        dmarcPolicies: ['V=dmarc1; p=none'],
        inheritedDmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example'],
        organizationalDomain: 'example',
      },
    }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'a second one is written oddly',
    domains({
      published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example', 'v=dmarc1; p=none'] },
    }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'a part is no tag',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example; pct 5'] } }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'a mark is missing between two tags',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example sp=none'] } }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'what to do does not come first',
    domains({ published: { dmarcPolicies: ['v=DMARC1; rua=mailto:a@b.example; p=reject'] } }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'names that do not exist are left open',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; np=none; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'reports go nowhere',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:nobody'] } }),
    'fail',
  ],
  [
    'dmarc-enforced',
    'reports go to one of two places',
    domains({
      published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=https://x.example,mailto:a@b.example!10m'] },
    }),
    'pass',
  ],
  [
    'dmarc-enforced',
    'it is not agreed which domain was registered',
    domains({
      published: {
        dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example'],
        organizationalDomain: unknown,
      },
    }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'it asks something of who sends',
    domains({ published: { senderPolicies: ['v=spf1 exists:example.com -all'] } }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'it looks up who sends',
    domains({ published: { senderPolicies: ['v=spf1 ptr -all'] } }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'a host depends on who sends',
    domains({ published: { senderPolicies: ['v=spf1 a:%{i}.example.com -all'] } }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'every address of one family is refused before all are let through',
    domains({ published: { senderPolicies: ['v=spf1 -ip4:0.0.0.0/0 +all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'what looks like a length is none',
    domains({ published: { senderPolicies: ['v=spf1 -exists:x.example/0 +all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'every address of a host is let through',
    domains({ published: { senderPolicies: ['v=spf1 a/0 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'both halves of all addresses are let through',
    domains({ published: { senderPolicies: ['v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'half of them by way of another',
    domains({
      published: { senderPolicies: ['v=spf1 include:half.example -all'] },
      referred: { 'half.example': ['v=spf1 ip4:0.0.0.0/1 -all'] },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'a range of the newer family is too long',
    domains({ published: { senderPolicies: ['v=spf1 ip6:2000::/3 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'an address is none',
    domains({ published: { senderPolicies: ['v=spf1 ip4:300.1.1.1 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'something else stands where its key should',
    domains({ keys: ['v=DMARC1; p=reject'] }),
    'no-data',
  ],
  ['spf-dkim-valid', 'its key is only tried', domains({ keys: [`v=DKIM1; t=y; p=${rsaKey}`] }), 'no-data'],
  [
    'spf-dkim-valid',
    'its key is for something else',
    domains({ keys: [`v=DKIM1; s=tlsrpt; p=${rsaKey}`] }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'its key is of a kind of old',
    domains({ keys: [`v=DKIM1; h=sha1; p=${rsaKey}`] }),
    'no-data',
  ],
  ['spf-dkim-valid', 'its key is the stump of one', domains({ keys: ['v=DKIM1; p=MIIB'] }), 'no-data'],
  [
    'spf-dkim-valid',
    'two keys stand at one selector',
    domains({ keys: [`v=DKIM1; p=${rsaKey}`, 'v=DKIM1; p='] }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'its key is a short one',
    domains({ keys: [`k=ed25519; p=${'A'.repeat(43)}=`] }),
    'pass',
  ],

  [
    'mfa-required-admins-m365',
    'a group holds the role, and whoever is in it is asked',
    microsoft365({
      assignment: { account: 'admins', accountType: 'group' },
      members: [['cleo', 'user']],
      policy: { includeUsers: ['All'], includeRoles: [] },
    }),
    'pass',
  ],
  [
    'mfa-required-admins-m365',
    'a group holds the role, and one who is in it is left out',
    microsoft365({
      assignment: { account: 'admins', accountType: 'group' },
      members: [
        ['cleo', 'user'],
        ['robot', 'program'],
      ],
      policy: { excludeUsers: ['cleo'] },
    }),
    'fail',
  ],
  [
    'mfa-required-admins-m365',
    'a group holds the role, and a policy asks holders of the role',
    microsoft365({
      assignment: { account: 'admins', accountType: 'group' },
      members: [['cleo', 'user']],
      policy: { includeUsers: [], includeRoles: [globalAdministrator] },
    }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'a group holds the role, and nobody is named in it',
    microsoft365({ assignment: { account: 'admins', accountType: 'group' } }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'a group holds the role, and who is in it was not read',
    denied(
      microsoft365({ assignment: { account: 'admins', accountType: 'group' }, members: [['cleo', 'user']] }),
      'microsoft365/role-assignable-group-members',
    ),
    'no-data',
  ],
  [
    'admin-count-bounded-m365',
    'a group brings one more',
    microsoft365({ assignment: { account: 'admins', accountType: 'group' }, members: [['cleo', 'user']] }),
    'pass',
  ],
  [
    'admin-count-bounded-m365',
    'a group brings too many',
    microsoft365({
      assignment: { account: 'admins', accountType: 'group' },
      members: ['c', 'd', 'e', 'f'].map((id) => [id, 'user'] as const),
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'everybody is undecided before others are refused',
    domains({ published: { senderPolicies: ['v=spf1 ?ip4:0.0.0.0/0 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'everybody is doubted before others are refused',
    domains({ published: { senderPolicies: ['v=spf1 ~ip4:0.0.0.0/0 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'everybody that another lets through is undecided',
    domains({
      published: { senderPolicies: ['v=spf1 ?include:all.example -all'] },
      referred: { 'all.example': ['v=spf1 +all'] },
    }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'who is undecided depends on who sends',
    domains({ published: { senderPolicies: ['v=spf1 ?exists:%{i}.example.com -all'] } }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'half of all addresses are those of a host',
    domains({ published: { senderPolicies: ['v=spf1 a/1 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'so are those of mail servers',
    domains({ published: { senderPolicies: ['v=spf1 mx//1 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'all addresses are written as ones of the newer family',
    domains({ published: { senderPolicies: ['v=spf1 ip6:::ffff:0:0/96 -all'] } }),
    'fail',
  ],
  [
    'spf-dkim-valid',
    'what another doubts is no match of its own',
    domains({
      published: { senderPolicies: ['v=spf1 include:soft.example -all'] },
      referred: { 'soft.example': ['v=spf1 ?ip4:0.0.0.0/0 ip4:192.0.2.1 ~all'] },
    }),
    'pass',
  ],
  [
    'dmarc-enforced',
    'what holds of names that there are not is weaker above',
    domains({
      published: {
        dmarcPolicies: [],
        inheritedDmarcPolicies: ['v=DMARC1; p=reject; np=none; rua=mailto:a@b.example'],
        organizationalDomain: 'example',
      },
    }),
    'no-data',
  ],
  [
    'dmarc-enforced',
    'somebody lists forty places with a space among them',
    domains({
      published: {
        dmarcPolicies: [
          'v=DMARC1; p=reject; rua=mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example,mailto:a@b.example mailto:a@b.example',
        ],
      },
    }),
    'no-data',
  ],
  [
    'spf-dkim-valid',
    'its key was cut short',
    domains({ keys: [`v=DKIM1; p=${rsaKey.slice(0, 200)}`] }),
    'no-data',
  ],
  ['spf-dkim-valid', 'its key is no key', domains({ keys: [`v=DKIM1; p=${'MDAw'.repeat(60)}`] }), 'no-data'],
  [
    'mfa-required-admins-m365',
    'a group holds the role, and of a group inside it nobody is shown',
    microsoft365({
      assignment: { account: 'admins', accountType: 'group' },
      members: [['inner', 'group']],
      policy: { includeUsers: ['All'], includeRoles: [] },
    }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'a policy leaves out somebody by a word that is not known',
    microsoft365({ policy: { includeUsers: ['All'], includeRoles: [], excludeUsers: ['SomebodyNew'] } }),
    'no-data',
  ],
  ['aws-no-wildcard-admin-policies', 'a policy is for buckets', aws(), 'pass'],
  ['aws-no-wildcard-admin-policies', 'a policy is for everything', aws({ actions: '*' }), 'fail'],
  [
    'aws-no-wildcard-admin-policies',
    'a policy makes keys of anybody',
    aws({ actions: 'iam:CreateAccessKey' }),
    'fail',
  ],
  [
    'aws-no-wildcard-admin-policies',
    'policies were not read',
    denied(aws(), 'aws/account-authorization-details'),
    'no-data',
  ],
  ['mfa-enabled-github-members', 'nobody is listed as lacking it', github(), 'pass'],
  [
    'mfa-enabled-github-members',
    'one is',
    more(github(), 'github/members-2fa-disabled', {
      kind: 'account',
      id: '12',
      name: 'cleo',
      mfaEnabled: false,
    }),
    'fail',
  ],
  [
    'mfa-enabled-github-members',
    'one uses SMS',
    more(github(), 'github/members-2fa-insecure', {
      kind: 'account',
      id: '12',
      name: 'cleo',
      mfaSecure: false,
    }),
    'fail',
  ],
  [
    'mfa-enabled-github-members',
    'the filter is refused',
    denied(github(), 'github/members-2fa-disabled'),
    'no-data',
  ],
  [
    'mfa-enabled-github-members',
    'the filter was not asked',
    without(github(), 'github/members-2fa-insecure'),
    'no-data',
  ],
  [
    'mfa-enabled-github-members',
    'the filter was read before the members',
    spoiled(github(), 'github/members-2fa-disabled', { startedAt: '2026-06-30T02:00:00.000Z' }),
    'no-data',
  ],
  [
    'mfa-enabled-github-members',
    'members are cut',
    spoiled(github(), 'github/members', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'mfa-enabled-github-members',
    'there are proven to be none',
    spoiled(github(), 'github/members', { records: [] }),
    'not-applicable',
  ],

  ['github-owners-bounded', 'two owners', github(), 'pass'],
  [
    'github-owners-bounded',
    'one owner',
    spoiled(github(), 'github/members', { records: [{ kind: 'account', id: '10', role: 'owner' }] }),
    'fail',
  ],
  [
    'github-owners-bounded',
    'six owners',
    more(
      github(),
      'github/members',
      ...['1', '2', '3', '4'].map((id) => ({ kind: 'account', id, role: 'owner' })),
    ),
    'fail',
  ],
  [
    'github-owners-bounded',
    'six owners in a listing that is cut',
    spoiled(
      more(
        github(),
        'github/members',
        ...['1', '2', '3', '4'].map((id) => ({ kind: 'account', id, role: 'owner' })),
      ),
      'github/members',
      { partitions: { all: 'partial' } },
    ),
    'fail',
  ],
  [
    'github-owners-bounded',
    'two owners in a listing that is cut',
    spoiled(github(), 'github/members', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'github-owners-bounded',
    'one owner in a listing that is cut',
    spoiled(github(), 'github/members', {
      records: [{ kind: 'account', id: '10', role: 'owner' }],
      partitions: { all: 'partial' },
    }),
    'no-data',
  ],
  [
    'github-owners-bounded',
    'a role that is not told',
    more(github(), 'github/members', { kind: 'account', id: '13', role: unknown }),
    'no-data',
  ],

  ['mfa-registered-all-users-m365', 'everybody has', microsoft365(), 'pass'],
  ['mfa-registered-all-users-m365', 'one has not', microsoft365({ user: { mfaCapable: false } }), 'fail'],
  [
    'mfa-registered-all-users-m365',
    'the report leaves one out',
    spoiled(microsoft365(), 'microsoft365/user-registration-details', {
      records: ['ada', 'bob'].map((id) => ({ kind: 'account', id, mfaCapable: true })),
    }),
    'no-data',
  ],
  [
    'mfa-registered-all-users-m365',
    'the report names one whom the directory does not',
    more(microsoft365(), 'microsoft365/user-registration-details', {
      kind: 'account',
      id: 'dora',
      mfaCapable: true,
    }),
    'no-data',
  ],
  [
    'mfa-registered-all-users-m365',
    'without the licence for the report',
    spoiled(microsoft365(), 'microsoft365/user-registration-details', {
      records: [],
      partitions: { all: 'not-licensed' },
    }),
    'no-data',
  ],
  [
    'mfa-registered-all-users-m365',
    'a guest has none here',
    microsoft365({ user: { mfaCapable: false, userType: 'guest' } }),
    'no-data',
  ],
  [
    'mfa-registered-all-users-m365',
    'whoever has none came yesterday or is blocked',
    spoiled(microsoft365({ user: { mfaCapable: false } }), 'microsoft365/users', {
      records: [
        { kind: 'account', id: 'ada', enabled: false, userType: 'member', createdAt: '2020-01-01T00:00:00Z' },
        { kind: 'account', id: 'bob', enabled: false, userType: 'member', createdAt: '2020-01-01T00:00:00Z' },
        { kind: 'account', id: 'cleo', enabled: true, userType: 'member', createdAt: '2026-06-29T00:00:00Z' },
      ],
    }),
    'not-applicable',
  ],
  [
    'mfa-registered-all-users-m365',
    'whether one is blocked is not told',
    microsoft365({ user: { enabled: unknown } }),
    'no-data',
  ],

  ['admin-count-bounded-m365', 'two', microsoft365(), 'pass'],
  ['admin-count-bounded-m365', 'one', microsoft365({ assignment: { role: 'other' } }), 'fail'],
  [
    'admin-count-bounded-m365',
    'the same one twice',
    microsoft365({ assignment: { account: 'ada' } }),
    'fail',
  ],
  [
    'admin-count-bounded-m365',
    'five, one of them in a listing that is cut',
    spoiled(
      more(
        microsoft365(),
        'microsoft365/role-assignments',
        ...['1', '2', '3'].map((id) => ({
          kind: 'role-assignment',
          id,
          account: id,
          accountType: 'user',
          role: globalAdministrator,
          scope: '/',
        })),
      ),
      'microsoft365/role-assignments',
      { partitions: { all: 'partial' } },
    ),
    'fail',
  ],
  [
    'admin-count-bounded-m365',
    'two in a listing that is cut',
    spoiled(microsoft365(), 'microsoft365/role-assignments', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'admin-count-bounded-m365',
    'a group holds it',
    more(microsoft365(), 'microsoft365/role-assignments', {
      kind: 'role-assignment',
      id: 'group',
      account: 'operators',
      accountType: 'group',
      role: globalAdministrator,
      scope: '/',
    }),
    'no-data',
  ],
  [
    'admin-count-bounded-m365',
    'who holds it is not told',
    microsoft365({ assignment: { accountType: unknown } }),
    'no-data',
  ],

  ['mfa-required-admins-m365', 'a policy asks them', microsoft365(), 'pass'],
  ['mfa-required-admins-m365', 'nothing asks them', microsoft365({ policy: { state: 'disabled' } }), 'fail'],
  [
    'mfa-required-admins-m365',
    'the policy only reports',
    microsoft365({ policy: { state: 'report-only' } }),
    'fail',
  ],
  [
    'mfa-required-admins-m365',
    'a device is enough too',
    microsoft365({ policy: { grants: ['mfa', 'compliantDevice'] } }),
    'fail',
  ],
  [
    'mfa-required-admins-m365',
    'one is excluded',
    microsoft365({ policy: { excludeUsers: ['bob'] } }),
    'fail',
  ],
  [
    'mfa-required-admins-m365',
    'the role is excluded',
    microsoft365({ policy: { excludeRoles: [globalAdministrator] } }),
    'fail',
  ],
  ...(
    [
      ['a group in which nobody is is excluded', { excludeGroups: ['operators'] }, 'pass'],
      ['a group in which nobody is is included', { includeRoles: [], includeGroups: ['operators'] }, 'fail'],
      ['some applications are not', { includeApplications: ['Office365'] }, 'fail'],
      ['one application is excluded', { excludeApplications: ['payroll'] }, 'fail'],
      ['old clients are not', { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] }, 'fail'],
      ['a trusted place is not', { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }, 'fail'],
      ['it has a condition that nobody knows yet', { conditions: ['moonPhase'] }, 'no-data'],
      ['the strength is not told', { strength: unknown }, 'no-data'],
      ['whom it excludes is not told', { excludeUsers: unknown }, 'no-data'],
    ] as const
  ).map(
    ([what, policy, status]) => ['mfa-required-admins-m365', what, microsoft365({ policy }), status] as const,
  ),
  ...(
    [
      ['everybody is asked', {}, 'pass'],
      ['administrators alone are asked', { includeUsers: [], includeRoles: [globalAdministrator] }, 'fail'],
      ['one is left out', { excludeUsers: ['cleo'] }, 'fail'],
      ['the policy only reports', { state: 'report-only' }, 'fail'],
      ['whether the policy holds is not told', { state: unknown }, 'no-data'],
      ['everybody is kept out', { grants: ['block'] }, 'pass'],
      ['a group that was deleted is left out', { excludeGroups: ['gone'] }, 'pass'],
      ['a condition that nobody knows', { conditions: ['moonPhase'] }, 'no-data'],
    ] as const
  ).map(
    ([what, policy, status]) =>
      [
        'mfa-required-all-users-m365',
        what,
        microsoft365({ policy: { includeUsers: ['All'], includeRoles: [], ...policy } }),
        status,
      ] as const,
  ),
  ...(
    [
      ['a strength that resists phishing', { grants: [], strength: 'unphishable' }, 'pass'],
      ['any second factor', {}, 'fail'],
      ['a strength that was not read', { grants: [], strength: 'another' }, 'no-data'],
    ] as const
  ).map(
    ([what, policy, status]) =>
      ['mfa-phishing-resistant-admins-m365', what, microsoft365({ policy }), status] as const,
  ),
  [
    'mfa-phishing-resistant-admins-m365',
    'security defaults ask for any factor',
    microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }),
    'fail',
  ],
  ...(
    [
      [
        'old clients are blocked',
        { grants: ['block'], clientAppTypes: ['exchangeActiveSync', 'other'] },
        'pass',
      ],
      ['everybody is asked, with every client', {}, 'pass'],
      ['old clients are left open', { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] }, 'fail'],
      ['one kind of them is', { grants: ['block'], clientAppTypes: ['other'] }, 'fail'],
      ['one is left out', { excludeUsers: ['cleo'] }, 'fail'],
      ['whom it leaves out is not told', { excludeUsers: unknown }, 'no-data'],
    ] as const
  ).map(
    ([what, policy, status]) =>
      [
        'legacy-auth-blocked-m365',
        what,
        microsoft365({ policy: { includeUsers: ['All'], includeRoles: [], ...policy } }),
        status,
      ] as const,
  ),
  [
    'legacy-auth-blocked-m365',
    'security defaults refuse them',
    microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }),
    'pass',
  ],
  ...(
    [
      ['guests are asked with everybody', { includeUsers: ['All'] }, 'pass'],
      ['guests are asked', { includeUsers: ['GuestsOrExternalUsers'] }, 'pass'],
      ['guests are left out', { includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }, 'fail'],
      [
        'some kinds are left out',
        { includeUsers: ['All'], excludeGuests: { types: ['internalGuest'], tenants: 'all' } },
        'no-data',
      ],
    ] as const
  ).map(
    ([what, policy, status]) =>
      [
        'mfa-required-guests-m365',
        what,
        microsoft365({ user: { userType: 'guest' }, policy: { includeRoles: [], ...policy } }),
        status,
      ] as const,
  ),
  ['mfa-required-guests-m365', 'there are none', microsoft365(), 'not-applicable'],
  [
    'mfa-required-all-users-m365',
    'security defaults alone',
    microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }),
    'no-data',
  ],
  [
    'mfa-required-all-users-m365',
    'who is in a group that is left out was not read',
    spoiled(
      microsoft365({ policy: { includeUsers: ['All'], excludeGroups: ['admins'] } }),
      'microsoft365/role-assignable-group-members',
      { partitions: { admins: 'denied' } },
    ),
    'no-data',
  ],
  ...(
    ['microsoft365/groups', 'microsoft365/named-locations', 'microsoft365/authentication-strengths'] as const
  ).map(
    (dataset) =>
      [
        'mfa-required-all-users-m365',
        `${dataset} was refused`,
        denied(microsoft365({ policy: { includeUsers: ['All'] } }), dataset),
        'no-data',
      ] as const,
  ),
  [
    'mfa-required-admins-m365',
    'everybody is included, and every client by name',
    microsoft365({
      policy: {
        includeRoles: [],
        includeUsers: ['All'],
        clientAppTypes: ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'],
      },
    }),
    'pass',
  ],
  [
    'mfa-required-admins-m365',
    'the role is held over a part of the directory, which the policy does not see',
    microsoft365({ assignment: { scope: '/administrativeUnits/one' } }),
    'fail',
  ],
  [
    'mfa-required-admins-m365',
    'a role held over a part of the directory is excluded',
    more(microsoft365({ policy: { excludeRoles: ['helpdesk'] } }), 'microsoft365/role-assignments', {
      kind: 'role-assignment',
      id: 'bob-helps',
      account: 'bob',
      accountType: 'user',
      role: 'helpdesk',
      scope: '/administrativeUnits/one',
    }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'security defaults ask them',
    microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }),
    'pass',
  ],
  [
    'mfa-required-admins-m365',
    'security defaults ask holders of other roles when Microsoft sees fit',
    microsoft365({
      policy: { state: 'disabled' },
      defaults: 'enabled',
      assignment: { role: 'e8611ab8-c189-46e8-94e1-60213ab1f814' },
    }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'policies are refused',
    denied(microsoft365(), 'microsoft365/conditional-access-policies'),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'nothing asks them, in a listing that is cut',
    spoiled(microsoft365({ policy: { state: 'disabled' } }), 'microsoft365/conditional-access-policies', {
      partitions: { all: 'partial' },
    }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'security defaults are not read',
    without(microsoft365(), 'microsoft365/security-defaults'),
    'pass',
  ],
  [
    'mfa-required-admins-m365',
    'a group holds a role',
    microsoft365({ assignment: { accountType: 'group' } }),
    'no-data',
  ],
  [
    'mfa-required-admins-m365',
    'an application and a reader of the directory hold roles, and nobody else',
    spoiled(microsoft365({ policy: { state: 'disabled' } }), 'microsoft365/role-assignments', {
      records: [
        ['deployer', 'service-principal', globalAdministrator],
        ['cleo', 'user', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'],
      ].map(([account, accountType, role]) => ({
        kind: 'role-assignment',
        id: `${account ?? ''}-holds-it`,
        account,
        accountType,
        role,
        scope: '/',
      })),
    }),
    'not-applicable',
  ],

  ['branch-protected', 'a ruleset holds', github(), 'pass'],
  [
    'branch-protected',
    'nothing holds',
    github({ rules: { pullRequestRequired: false, forcePushRefused: false, deletionRefused: false } }),
    'fail',
  ],
  ['branch-protected', 'deletion is allowed', github({ rules: { deletionRefused: false } }), 'fail'],
  [
    'branch-protected',
    'classic protection is refused',
    denied(github(), 'github/branch-protection'),
    'no-data',
  ],
  [
    'branch-protected',
    'classic protection of another branch holds',
    spoiled(github({ rules: { deletionRefused: false } }), 'github/branch-protection', {
      records: [{ kind: 'repository', id: '20', classicProtection: [classic('release/*')] }],
    }),
    'fail',
  ],
  [
    'branch-protected',
    'classic protection by a pattern adds what the rules lack',
    spoiled(github({ rules: { deletionRefused: false } }), 'github/branch-protection', {
      records: [{ kind: 'repository', id: '20', classicProtection: [classic('ma*')] }],
    }),
    'pass',
  ],
  ['branch-protected', 'the rules are refused', denied(github(), 'github/branch-rules'), 'no-data'],
  [
    'branch-protected',
    'all are archived',
    spoiled(
      spoiled(github(), 'github/repositories', {
        records: [{ kind: 'repository', id: '20', archived: true }],
      }),
      'github/branch-rules',
      { records: [], partitions: {} },
    ),
    'not-applicable',
  ],

  ['repo-default-permission-least', 'read, and nothing more', github(), 'pass'],
  ['repo-default-permission-least', 'write', github({ organization: { basePermission: 'write' } }), 'fail'],
  [
    'repo-default-permission-least',
    'members delete',
    github({ organization: { membersCanDeleteRepositories: true } }),
    'fail',
  ],
  [
    'repo-default-permission-least',
    'one setting is not told',
    github({ organization: { membersCanDeleteRepositories: unknown } }),
    'no-data',
  ],
  [
    'repo-default-permission-least',
    'one is not told and another fails',
    github({ organization: { membersCanDeleteRepositories: unknown, basePermission: 'admin' } }),
    'fail',
  ],

  ['mfa-aws-root', 'root has a second factor', aws(), 'pass'],
  ['mfa-aws-root', 'summary and report disagree', aws({ summary: { mfaEnabled: false } }), 'no-data'],
  [
    'mfa-aws-root',
    'root is in no reading',
    denied(denied(aws(), 'aws/credential-report'), 'aws/account-summary'),
    'no-data',
  ],
  ['mfa-aws-root', 'the account is closed', aws({ state: 'SUSPENDED' }), 'not-applicable'],

  ['root-keys-none', 'none', aws(), 'pass'],
  ['root-keys-none', 'summary and report disagree', aws({ summary: { accessKeysPresent: true } }), 'no-data'],
  ['root-keys-none', 'the report is refused', denied(aws(), 'aws/credential-report'), 'no-data'],

  ['mfa-aws-console-users', 'with a second factor', aws(), 'pass'],
  ['mfa-aws-console-users', 'without', aws({ user: { mfaEnabled: false } }), 'fail'],
  ['mfa-aws-console-users', 'not told', aws({ user: { mfaEnabled: unknown } }), 'no-data'],
  [
    'mfa-aws-console-users',
    'nobody has a password',
    aws({ user: { consolePassword: false } }),
    'not-applicable',
  ],

  ['aws-access-key-age', 'thirty days', aws(), 'pass'],
  ['aws-access-key-age', 'a hundred days', aws({ key: { rotatedAt: '2026-03-20T00:00:00Z' } }), 'fail'],
  ['aws-access-key-age', 'not told', aws({ key: { rotatedAt: unknown } }), 'no-data'],
  ['aws-access-key-age', 'switched off', aws({ key: { active: false } }), 'not-applicable'],

  ['aws-access-key-unused', 'used yesterday', aws(), 'pass'],
  [
    'aws-access-key-unused',
    'not for fifty days',
    aws({ key: { lastUsedAt: '2026-05-01T00:00:00Z' } }),
    'fail',
  ],
  [
    'aws-access-key-unused',
    'never, and sixty days old',
    aws({ key: { lastUsedAt: 'never', rotatedAt: '2026-05-01T00:00:00Z' } }),
    'fail',
  ],
  [
    'aws-access-key-unused',
    'a password not used for fifty days',
    aws({ user: { passwordLastUsedAt: '2026-05-01T00:00:00Z' } }),
    'fail',
  ],
  ['aws-access-key-unused', 'not told', aws({ key: { lastUsedAt: unknown } }), 'no-data'],
  [
    'aws-access-key-unused',
    'neither key nor password',
    aws({ key: { active: false }, user: { consolePassword: false } }),
    'not-applicable',
  ],

  ['aws-password-policy', 'long enough', aws(), 'pass'],
  ['aws-password-policy', 'short', aws({ policy: { minimumLength: 8 } }), 'fail'],
  ['aws-password-policy', 'none', aws({ policy: { set: false } }), 'fail'],
  ['aws-password-policy', 'refused', denied(aws(), 'aws/password-policy'), 'no-data'],
  [
    'aws-password-policy',
    'nobody has a password',
    aws({ user: { consolePassword: false } }),
    'not-applicable',
  ],

  ['cloudtrail-all-regions', 'one trail for all', aws(), 'pass'],
  ['cloudtrail-all-regions', 'of one region', aws({ trail: { multiRegion: false } }), 'fail'],
  [
    'cloudtrail-all-regions',
    'none',
    spoiled(without(aws(), 'aws/trail-status'), 'aws/trails', { records: [] }),
    'fail',
  ],
  ['cloudtrail-all-regions', 'its status is refused', denied(aws(), 'aws/trail-status'), 'no-data'],
  ['cloudtrail-all-regions', 'trails are refused', denied(aws(), 'aws/trails'), 'no-data'],
  ['cloudtrail-all-regions', 'the account is closed', aws({ state: 'SUSPENDED' }), 'not-applicable'],

  ['evidence-coverage-complete', 'every night', nights(), 'pass'],
  ['evidence-coverage-complete', 'two of thirty missing', nights({ nightsComplete: 28 }), 'fail'],
  ['evidence-coverage-complete', 'no night was due', nights({ nightsDue: 0, nightsComplete: 0 }), 'no-data'],
  [
    'evidence-coverage-complete',
    'a system that nobody reads',
    nights({ state: 'not-read', declaredBy: 'an officer', declaredOn: '2026-01-01' }),
    'no-data',
  ],
  [
    'evidence-coverage-complete',
    'a system that is read by hand',
    nights({ state: 'by-hand', declaredBy: 'an officer', declaredOn: '2026-01-01' }),
    'manual',
  ],
  [
    'evidence-coverage-complete',
    'a system that is absent',
    nights({ state: 'absent', declaredBy: 'an officer', declaredOn: '2026-01-01' }),
    'not-applicable',
  ],
];

describe('each control, for every status that it can give', () => {
  test.each(cases)('%s: %s', async (id, _, world, status) => {
    const result = await judged(id, world);
    expect(result.status).toBe(status);
    if (status === 'no-data')
      expect(
        [...result.because, ...result.verdicts.filter((each) => each.status === 'no-data')].length,
      ).toBeGreaterThan(0);
  });

  test('no control is without a passing, a failing and an undecided case', () => {
    for (const { id } of controls) {
      const seen = new Set(cases.filter(([control]) => control === id).map(([, , , status]) => status));
      expect([...seen], id).toEqual(expect.arrayContaining(['pass', 'no-data']));
      expect(seen.has('fail') || id === 'mfa-aws-root' || id === 'root-keys-none', id).toBe(true);
    }
  });

  test('root without a second factor fails where both readings say so, and passes where it has no credentials at all', async () => {
    const says = (fields: Readonly<Record<string, unknown>>) =>
      aws({ summary: fields }).map((told) =>
        told.dataset === 'aws/credential-report'
          ? {
              ...told,
              records: told.records.map((record) =>
                record['root'] === true ? { ...record, ...fields } : record,
              ),
            }
          : told,
      );
    expect((await judged('mfa-aws-root', says({ mfaEnabled: false, passwordPresent: true }))).status).toBe(
      'fail',
    );
    expect(
      (
        await judged(
          'mfa-aws-root',
          aws({ summary: { mfaEnabled: false, passwordPresent: false } }).filter(
            ({ dataset }) => dataset !== 'aws/credential-report',
          ),
        )
      ).status,
    ).toBe('pass');
    expect((await judged('root-keys-none', says({ accessKeysPresent: true }))).status).toBe('fail');
  });

  test('a source that is not connected is not judged, unless it is declared absent', async () => {
    for (const { id, collectors } of controls) {
      const [collector = ''] = collectors;
      expect((await judged(id, [], {}, { sources: [] })).status, id).toBe('no-data');
      const absent = {
        id: 'none',
        name: 'It',
        collector,
        state: 'absent' as const,
        declaredBy: 'an officer',
        declaredOn: '2026-01-01',
      };
      expect((await judged(id, [], {}, { sources: [], systems: [absent] })).status, id).toBe(
        'not-applicable',
      );
    }
  });
});

describe('what nobody told', () => {
  test("a key that belongs to nobody known could be anybody's", async () => {
    const stray = aws({ key: { account: unknown } });
    const result = await judged('aws-access-key-unused', stray);
    expect(result.status).toBe('no-data');
    expect(result.because.join()).toMatch(/account of 1 credential is not known/);
  });

  test('a kind that no dataset speaks of is not taken for empty', async () => {
    const silent = aws().filter(({ dataset }) => !dataset.startsWith('aws/trail'));
    expect((await judged('cloudtrail-all-regions', silent)).status).toBe('no-data');
  });

  test('one source that is wholly read does not speak for another that is not', async () => {
    const second = { id: 'aws-two', collector: 'aws' };
    const result = await judged(
      'mfa-aws-console-users',
      aws(),
      {},
      { sources: [{ id: 'aws-one', collector: 'aws' }, second] },
    );
    expect(result.status).toBe('no-data');
    expect(result.because.join()).toMatch(/aws-two/);
  });
});

describe('what controls say', () => {
  const texts = controls.map(({ assertion, board, remedy, population }) =>
    [assertion, board, remedy, population].join(' '),
  );

  test('promises nothing that software cannot promise', () => {
    for (const text of texts)
      expect(text).not.toMatch(
        /\b(compliant|compliance|certified|audit-ready|guaranteed?|secure[ds]? by)\b/i,
      );
  });

  test('every control is named by a framework, and every named control exists', () => {
    const known = new Set(controls.map(({ id }) => id));
    for (const framework of frameworks) {
      const named = framework.requirements.flatMap((requirement) => requirement.controls);
      for (const id of named) expect(known.has(id), id).toBe(true);
      expect(new Set(named)).toEqual(known);
      expect(new Set(framework.requirements.map(({ id }) => id)).size).toBe(framework.requirements.length);
    }
    expect(frameworks.map(({ requirements }) => requirements.length)).toEqual([61, 106]);
  });

  test('its parameters have defaults, and unknown ones are refused', () => {
    for (const { parameters, id } of controls) {
      expect(() => parameters.parse({}), id).not.toThrow();
      expect(() => parameters.parse({ surely: 1 }), id).toThrow();
    }
  });
});

test('no policy turns a role of administrators into one that is not privileged', () => {
  const { parameters } = controls.find(({ id }) => id === 'mfa-required-admins-m365')!;
  const refused = parameters.safeParse({ unprivilegedRoles: [globalAdministrator] });
  expect(refused.error?.issues).toMatchObject([{ path: ['unprivilegedRoles', 0] }]);
  expect(parameters.safeParse({ unprivilegedRoles: ['a-role-of-the-tenant'] }).success).toBe(true);
});

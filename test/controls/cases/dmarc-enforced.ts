import { type Case, unknown, denied } from '../told.ts';
import { domains, microsoft365 } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['the domain says reject', domains(), 'pass'],
  [
    'it says quarantine',
    domains({ published: { dmarcPolicies: ['v=DMARC1;p=Quarantine;rua=mailto:a@b.example'] } }),
    'pass',
  ],
  [
    'it says none',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=none; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  ['nothing is published', domains({ published: { dmarcPolicies: [] } }), 'fail'],
  [
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
    'a tag stands twice',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; p=none; rua=mailto:a@b.example'] } }),
    'no-data',
  ],
  [
    'it holds for a half',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; pct=50; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'its share is no number',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; pct=half; rua=mailto:a@b.example'] } }),
    'no-data',
  ],
  [
    'it is being tried',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; t=y; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'it leaves the names below it open',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  ['nobody is told', domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject'] } }), 'fail'],
  [
    'it says nothing that receivers know',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=refuse; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
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
  ['the resolver failed', denied(domains(), 'microsoft365/dmarc-policies'), 'no-data'],
  ['nobody was asked', microsoft365(), 'no-data'],
  [
    'its version is spaced',
    domains({ published: { dmarcPolicies: ['v = DMARC1 ;p=reject; rua=mailto:a@b.example'] } }),
    'pass',
  ],
  [
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
    'a second one is written oddly',
    domains({
      published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example', 'v=dmarc1; p=none'] },
    }),
    'no-data',
  ],
  [
    'a part is no tag',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example; pct 5'] } }),
    'no-data',
  ],
  [
    'a mark is missing between two tags',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:a@b.example sp=none'] } }),
    'no-data',
  ],
  [
    'what to do does not come first',
    domains({ published: { dmarcPolicies: ['v=DMARC1; rua=mailto:a@b.example; p=reject'] } }),
    'no-data',
  ],
  [
    'names that do not exist are left open',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; np=none; rua=mailto:a@b.example'] } }),
    'fail',
  ],
  [
    'reports go nowhere',
    domains({ published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:nobody'] } }),
    'fail',
  ],
  [
    'reports go to one of two places',
    domains({
      published: { dmarcPolicies: ['v=DMARC1; p=reject; rua=https://x.example,mailto:a@b.example!10m'] },
    }),
    'pass',
  ],
  [
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
];

import { type Case, denied } from '../told.ts';
import { domains, rsaKey } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['it names its servers', domains(), 'pass'],
  ['it sends nothing', domains({ published: { senderPolicies: ['v=spf1 -all'] } }), 'pass'],
  ['it says nothing', domains({ published: { senderPolicies: [] } }), 'fail'],
  ['it says so twice', domains({ published: { senderPolicies: ['v=spf1 -all', 'v=spf1 mx -all'] } }), 'fail'],
  [
    'it doubts others, and DMARC acts on it',
    domains({ published: { senderPolicies: ['v=spf1 mx ~all'] } }),
    'pass',
  ],
  [
    'it doubts others, and nothing acts on it',
    domains({ published: { senderPolicies: ['v=spf1 mx ~all'], dmarcPolicies: ['v=DMARC1; p=none'] } }),
    'fail',
  ],
  ['it has no opinion of others', domains({ published: { senderPolicies: ['v=spf1 mx ?all'] } }), 'fail'],
  ['it lets anybody send', domains({ published: { senderPolicies: ['v=spf1 mx all'] } }), 'fail'],
  ['it says nothing of others', domains({ published: { senderPolicies: ['v=spf1 mx'] } }), 'fail'],
  [
    'it lets every address send',
    domains({ published: { senderPolicies: ['v=spf1 ip4:0.0.0.0/0 -all'] } }),
    'fail',
  ],
  [
    'it refers to somebody who lets anybody send',
    domains({
      published: { senderPolicies: ['v=spf1 include:open.example -all'] },
      referred: { 'open.example': ['v=spf1 +all'] },
    }),
    'fail',
  ],
  [
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
    'it refers to nothing',
    domains({
      published: { senderPolicies: ['v=spf1 include:a.example -all'] },
      referred: { 'a.example': [] },
    }),
    'fail',
  ],
  [
    'it hands on to another',
    domains({ published: { senderPolicies: ['v=spf1 redirect=spf.example'] } }),
    'pass',
  ],
  [
    'what it refers to was not read',
    domains({ published: { senderPolicies: ['v=spf1 include:unread.example -all'] } }),
    'no-data',
  ],
  [
    'what it refers to depends on who sends',
    domains({ published: { senderPolicies: ['v=spf1 include:%{d}.example -all'] } }),
    'no-data',
  ],
  [
    'it is not well formed',
    domains({ published: { senderPolicies: ['v=spf1 ipv4:192.0.2.1 -all'] } }),
    'fail',
  ],
  ['its key was taken back', domains({ keys: ['v=DKIM1; p='] }), 'no-data'],
  ['no key is found', domains({ keys: [] }), 'no-data'],
  ['keys were not read', denied(domains(), 'microsoft365/signing-keys'), 'no-data'],
  [
    'it asks something of who sends',
    domains({ published: { senderPolicies: ['v=spf1 exists:example.com -all'] } }),
    'no-data',
  ],
  ['it looks up who sends', domains({ published: { senderPolicies: ['v=spf1 ptr -all'] } }), 'no-data'],
  [
    'a host depends on who sends',
    domains({ published: { senderPolicies: ['v=spf1 a:%{i}.example.com -all'] } }),
    'no-data',
  ],
  [
    'every address of one family is refused before all are let through',
    domains({ published: { senderPolicies: ['v=spf1 -ip4:0.0.0.0/0 +all'] } }),
    'fail',
  ],
  [
    'what looks like a length is none',
    domains({ published: { senderPolicies: ['v=spf1 -exists:x.example/0 +all'] } }),
    'fail',
  ],
  [
    'every address of a host is let through',
    domains({ published: { senderPolicies: ['v=spf1 a/0 -all'] } }),
    'fail',
  ],
  [
    'both halves of all addresses are let through',
    domains({ published: { senderPolicies: ['v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all'] } }),
    'fail',
  ],
  [
    'half of them by way of another',
    domains({
      published: { senderPolicies: ['v=spf1 include:half.example -all'] },
      referred: { 'half.example': ['v=spf1 ip4:0.0.0.0/1 -all'] },
    }),
    'fail',
  ],
  [
    'a range of the newer family is too long',
    domains({ published: { senderPolicies: ['v=spf1 ip6:2000::/3 -all'] } }),
    'fail',
  ],
  ['an address is none', domains({ published: { senderPolicies: ['v=spf1 ip4:300.1.1.1 -all'] } }), 'fail'],
  ['something else stands where its key should', domains({ keys: ['v=DMARC1; p=reject'] }), 'no-data'],
  ['its key is only tried', domains({ keys: [`v=DKIM1; t=y; p=${rsaKey}`] }), 'no-data'],
  ['its key is for something else', domains({ keys: [`v=DKIM1; s=tlsrpt; p=${rsaKey}`] }), 'no-data'],
  ['its key is of a kind of old', domains({ keys: [`v=DKIM1; h=sha1; p=${rsaKey}`] }), 'no-data'],
  ['its key is the stump of one', domains({ keys: ['v=DKIM1; p=MIIB'] }), 'no-data'],
  ['two keys stand at one selector', domains({ keys: [`v=DKIM1; p=${rsaKey}`, 'v=DKIM1; p='] }), 'no-data'],
  ['its key is a short one', domains({ keys: [`k=ed25519; p=${'A'.repeat(43)}=`] }), 'pass'],
  [
    'everybody is undecided before others are refused',
    domains({ published: { senderPolicies: ['v=spf1 ?ip4:0.0.0.0/0 -all'] } }),
    'fail',
  ],
  [
    'everybody is doubted before others are refused',
    domains({ published: { senderPolicies: ['v=spf1 ~ip4:0.0.0.0/0 -all'] } }),
    'fail',
  ],
  [
    'everybody that another lets through is undecided',
    domains({
      published: { senderPolicies: ['v=spf1 ?include:all.example -all'] },
      referred: { 'all.example': ['v=spf1 +all'] },
    }),
    'fail',
  ],
  [
    'who is undecided depends on who sends',
    domains({ published: { senderPolicies: ['v=spf1 ?exists:%{i}.example.com -all'] } }),
    'no-data',
  ],
  [
    'half of all addresses are those of a host',
    domains({ published: { senderPolicies: ['v=spf1 a/1 -all'] } }),
    'fail',
  ],
  ['so are those of mail servers', domains({ published: { senderPolicies: ['v=spf1 mx//1 -all'] } }), 'fail'],
  [
    'all addresses are written as ones of the newer family',
    domains({ published: { senderPolicies: ['v=spf1 ip6:::ffff:0:0/96 -all'] } }),
    'fail',
  ],
  [
    'what another doubts is no match of its own',
    domains({
      published: { senderPolicies: ['v=spf1 include:soft.example -all'] },
      referred: { 'soft.example': ['v=spf1 ?ip4:0.0.0.0/0 ip4:192.0.2.1 ~all'] },
    }),
    'pass',
  ],
  ['its key was cut short', domains({ keys: [`v=DKIM1; p=${rsaKey.slice(0, 200)}`] }), 'no-data'],
  ['its key is no key', domains({ keys: [`v=DKIM1; p=${'MDAw'.repeat(60)}`] }), 'no-data'],
];

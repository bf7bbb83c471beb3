import {
  Account,
  Application,
  CloudAccount,
  DirectorySynchronization,
  Federation,
  IdentityProvider,
  MailDomain,
  Organization,
  RoleTrust,
  SignInMethodPolicy,
} from '../../evidence-model/kinds.ts';
import { isId } from '../conditional-access/model.ts';
import type { Kind } from '../../evidence-model/kind.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Reading } from '../readings.ts';
import { accountOf, isOfCenter, trustOf } from '../role-trust.ts';

/** What a thing that was read tells of another system, or why it is not known whether it does. */
export interface Hint {
  /** What the system is called here: two that are called alike at one source are one. */
  readonly id: string;
  readonly told: string;
  /** What shows that it is read, or is the vendor's own and none of the company's. */
  readonly connected?: string;
  readonly unknown?: string;
}

interface World {
  /** The kinds of sources that are connected. */
  readonly collectors: ReadonlySet<string>;
  /** The ids of accounts of AWS that are known, and whether those are all that there are. */
  readonly cloudAccounts: ReadonlySet<string>;
  readonly accountsWhole: boolean;
}

/** A kind of thing that may tell of other systems. */
interface HintSource {
  readonly kind: Kind;
  readonly collector: string;
  /** The field without which a reading tells nothing of it; without one, whatever lists the kind does. */
  readonly field?: string;
  readonly hints: (subject: Subject, world: World) => readonly Hint[];
}

/** What a field says, or a hint that it is not known. */
function known<T>(
  { id, fields, kind }: Subject,
  field: string,
  take: (value: T) => readonly Hint[],
  called = `unknown ${kind} ${id}`,
): readonly Hint[] {
  const value = fields.get(field)?.value;
  if (value !== undefined && !isUnknown(value)) return take(value as T);
  const why = value === undefined ? `${field} of ${id} is not told` : value.unknown;
  const what = `whether ${kind} ${id} tells of another system`;
  return [{ id: called, told: `${what} is not known`, unknown: `${what} is not known: ${why}` }];
}

/** Hosts that take in mail for Microsoft 365: https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records */
const microsoftMail = /\.(?:mail\.protection\.outlook\.com|mx\.microsoft)\.?$/i;
const onPremises = 'directory: on premises';

export const hintSources: readonly HintSource[] = [
  {
    kind: Federation,
    collector: 'microsoft365',
    hints: (federation) =>
      known<string>(federation, 'issuer', (issuer) =>
        known<string>(federation, 'domain', (domain) => [
          { id: `sign-in ${issuer}`, told: `people of ${domain} sign in there instead of in Microsoft 365` },
        ]),
      ),
  },
  {
    kind: SignInMethodPolicy,
    collector: 'microsoft365',
    hints: (method) =>
      // Methods that Microsoft makes have names; what another party makes is called by a GUID.
      isId(method.id)
        ? known<string>(method, 'name', (name) => [
            {
              id: `sign-in method ${name}`,
              told: 'it is set up in Microsoft 365 as another party’s second factor',
            },
          ])
        : [],
  },
  {
    kind: IdentityProvider,
    collector: 'microsoft365',
    hints: (provider) =>
      known<string>(provider, 'type', (type) =>
        type === 'builtInIdentityProvider'
          ? []
          : known<string>(provider, 'name', (name) => [
              { id: `sign-in of guests ${name}`, told: 'guests come in to Microsoft 365 by it' },
            ]),
      ),
  },
  {
    kind: MailDomain,
    collector: 'microsoft365',
    field: 'mailExchangers',
    hints: (domain) =>
      known<readonly string[]>(domain, 'mailExchangers', (exchangers) =>
        exchangers.flatMap((exchanger) => {
          const host = exchanger.replace(/^\d+\s+/, '').toLowerCase();
          if (host === '.') return [];
          return [
            {
              id: `mail ${host.replace(/\.$/, '')}`,
              told: `it takes in mail for ${domain.id}`,
              ...(microsoftMail.test(host) && { connected: 'it is of Microsoft 365, which is connected' }),
            },
          ];
        }),
      ),
  },
  {
    kind: Account,
    collector: 'microsoft365',
    field: 'synchronized',
    hints: (account) =>
      known<boolean>(
        account,
        'synchronized',
        (synchronized) =>
          synchronized ? [{ id: onPremises, told: 'accounts are copied from it into Microsoft 365' }] : [],
        onPremises,
      ),
  },
  {
    kind: DirectorySynchronization,
    collector: 'microsoft365',
    // That a tenant has such settings says nothing; that passwords come from elsewhere does.
    hints: (settings) => {
      const on = ['passwordHashes', 'passwordWriteback'].some(
        (field) => settings.fields.get(field)?.value === true,
      );
      return on ? [{ id: onPremises, told: 'passwords are kept alike with Microsoft 365' }] : [];
    },
  },
  {
    kind: Organization,
    collector: 'github',
    field: 'singleSignOn',
    hints: ({ fields }) =>
      // Where an enterprise signs people in nobody but its owners is told, which the listing of identities says for itself.
      fields.get('singleSignOn')?.value === true
        ? [{ id: 'sign-in: the GitHub organisation', told: 'its members sign in by way of it' }]
        : [],
  },
  {
    kind: Application,
    collector: 'github',
    hints: (app) =>
      known<string>(app, 'name', (name) => [
        { id: `GitHub App ${name}`, told: 'it is let in to the GitHub organisation' },
      ]),
  },
  {
    kind: IdentityProvider,
    collector: 'aws',
    hints: (provider, { collectors }) =>
      known<string>(provider, 'protocol', (protocol) => {
        const [, name = provider.id] = /(?:saml|oidc)-provider\/(.+)$/.exec(provider.id) ?? [];
        const told = 'whoever it vouches for may come in to AWS';
        if (protocol === 'saml' && isOfCenter(provider.id))
          return [{ id: `sign-in ${name}`, told, connected: 'it is the identity center of AWS' }];
        if (/^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//.test(name))
          return [{ id: `sign-in ${name}`, told, connected: 'it is a cluster of AWS' }];
        const github = name === 'token.actions.githubusercontent.com' && collectors.has('github');
        return [
          {
            id: `sign-in ${name}`,
            told,
            ...(github && { connected: 'it is of GitHub, which is connected' }),
          },
        ];
      }),
  },
  {
    kind: RoleTrust,
    collector: 'aws',
    hints: (role, { cloudAccounts, accountsWhole }) =>
      known<unknown>(role, 'document', (document) => {
        const trust = trustOf(document);
        if (trust === null)
          return [
            {
              id: `unknown role-trust ${role.id}`,
              told: 'its trust policy is not understood',
              unknown: 'the trust policy is not understood, so whom it lets in is not known',
            },
          ];
        return trust.admissions.flatMap(({ type, who }) => {
          const account = type === 'AWS' ? accountOf(who) : null;
          const own = account === role.fields.get('cloudAccount')?.value;
          if (account === null || own || cloudAccounts.has(account)) return [];
          const unknown = `roles here let AWS account ${account} in, and not all accounts of the organisation were read`;
          return [
            {
              id: `AWS account ${account}`,
              told: 'roles here let it in',
              ...(!accountsWhole && { unknown }),
            },
          ];
        });
      }),
  },
  {
    kind: CloudAccount,
    collector: 'aws',
    hints: (account) =>
      known<string>(account, 'state', (state) =>
        state === 'ACTIVE' || state === 'CLOSED'
          ? []
          : [
              {
                id: `AWS account ${account.id}`,
                told: `it is of the organisation, and ${state}, so that nothing in it is read`,
              },
            ],
      ),
  },
];

/** Whether a reading may tell of other systems by things of this sort. */
export function tells({ kind, collector, field }: HintSource, reading: Reading): boolean {
  const speech = reading.kinds[kind.name];
  if (speech === undefined || reading.collector !== collector) return false;
  return field === undefined ? speech.lists !== false : speech.speaks.includes(field);
}

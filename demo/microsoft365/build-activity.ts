import { like, type Grounds } from './build-estate.ts';
import type { M365Estate, M365Review, M365SignIn } from './model-estate.ts';

/** Of how many people sign-ins are made up: in a large tenant it is those of a filter that are read. */
const busy = 1000;
const clients = ['Browser', 'Mobile Apps and Desktop clients'] as const;

/** Two days of sign-ins: most with two factors, some with one, and one by an old protocol, which was refused. */
function signInsOf({ chance, members, ago }: Grounds): M365SignIn[] {
  const at = (n: number) => ago((100 + ((n * 7919) % 1900)) / 1000);
  const made = members.slice(0, busy).flatMap((user, n): M365SignIn[] =>
    user.enabled
      ? [
          {
            id: like(user.id, 'a1'),
            at: at(n),
            user: user.id,
            client: clients[n % clients.length] ?? clients[0],
            application: 'Office 365 Exchange Online',
            errorCode: 0,
            factors: n % 7 === 3 ? 'singleFactorAuthentication' : 'multiFactorAuthentication',
          },
        ]
      : [],
  );
  const [first] = made;
  const old = first && {
    ...first,
    id: chance.uuid('sign-in/old'),
    client: 'IMAP4',
    errorCode: 53_003, // a policy blocked it
    factors: 'singleFactorAuthentication' as const,
  };
  return [...made, ...(old ? [old] : [])].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** A review of guests each quarter, the last one with one decision that nobody made. */
function reviewsOf({ chance, members, guests, ago }: Grounds): M365Review[] {
  const by = members[0]?.id ?? null;
  const decided = guests.map(({ id }, n) => ({
    id: chance.uuid(`decision/${n}`),
    user: id,
    decision: n === 0 ? 'NotReviewed' : 'Approve',
    by: n === 0 ? null : by,
    at: n === 0 ? null : ago(70),
  }));
  return [
    {
      id: chance.uuid('review'),
      name: 'Guests, each quarter',
      scope: "/users?$filter=(userType eq 'Guest')",
      rounds: [
        { id: chance.uuid('round'), state: 'Applied', from: ago(80), until: ago(66), decisions: decided },
      ],
    },
  ];
}

/** What happened to the tenant's people, and what may happen. */
export function activityOf(
  grounds: Grounds,
  globalAdministrator: string,
): Pick<M365Estate, 'eligible' | 'signIns' | 'risks' | 'reviews'> {
  const { chance, members, ago } = grounds;
  const eligible = members.slice(8, 10).map(({ id }, n) => ({
    id: chance.uuid(`eligible/${n}`),
    principal: id,
    role: globalAdministrator,
    from: ago(90),
    until: n === 0 ? ago(-275) : null,
  }));
  const risks = members.slice(20, 22).map(({ id }, n) => ({
    user: id,
    level: n === 0 ? ('high' as const) : ('low' as const),
    state: n === 0 ? ('atRisk' as const) : ('remediated' as const),
    at: ago(3 + n),
  }));
  return { eligible, signIns: signInsOf(grounds), risks, reviews: reviewsOf(grounds) };
}

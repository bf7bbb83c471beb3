import type { AwsModel } from './aws/model.ts';
import type { GithubModel } from './github/model.ts';
import type { Microsoft365Model } from './microsoft365/model.ts';
import type { Person } from './people.ts';

/** An account by the kind of its source and the name that it has there. */
interface AccountLike {
  readonly collector: 'github' | 'microsoft365' | 'aws';
  readonly account: string;
}

/** What the company wrote down of people and services, and who left, as its files would say it. */
export interface RegisterLike {
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly accounts: readonly AccountLike[];
    readonly linkedBy: string;
    readonly linkedOn: string;
  }[];
  readonly services: readonly {
    readonly id: string;
    readonly purpose: string;
    readonly owner: string;
    readonly accounts: readonly AccountLike[];
    readonly declaredBy: string;
    readonly declaredOn: string;
  }[];
  readonly leavers: {
    readonly exportedBy: string;
    readonly exportedOn: string;
    readonly system: string;
    readonly filter: string;
    readonly people: readonly { readonly account: string; readonly leftOn: string }[];
  };
}

interface Systems {
  readonly github: GithubModel;
  readonly microsoft365: Microsoft365Model;
  readonly aws: AwsModel;
}

/**
 * Everybody is written down with the accounts that bear their name, but every twentieth, who was forgotten. Two left:
 * one whose accounts are all gone or switched off but that in GitHub, and one of whom nobody told those who run them.
 */
export function registerOf(
  { github, microsoft365, aws }: Systems,
  person: (n: number) => Person,
  people: number,
  day: (offset: number) => string,
): RegisterLike {
  const logins = new Set(github.organizations.flatMap(({ members }) => members.map(({ login }) => login)));
  const users = new Set(aws.accounts.flatMap((account) => account.users.map(({ name }) => name)));
  const directory = microsoft365.users.filter(({ guest }) => !guest);
  const linkedBy = person(1).name;
  const listed = Array.from({ length: people }, (_, n) => ({ n, ...person(n) })).filter(
    ({ n }) => n % 20 !== 19,
  );
  const off = directory.find(({ enabled }) => !enabled)?.userPrincipalName;
  const forgotten = directory[Math.min(5, directory.length - 1)]?.userPrincipalName;
  return {
    people: listed.map(({ n, name, login, userName }) => ({
      id: login,
      name,
      accounts: [
        { collector: 'microsoft365', account: directory[n]?.userPrincipalName ?? userName },
        ...(logins.has(login) ? [{ collector: 'github' as const, account: login }] : []),
        ...(users.has(userName) ? [{ collector: 'aws' as const, account: userName }] : []),
      ],
      linkedBy,
      linkedOn: day(-90),
    })),
    services: [...users]
      .filter((name) => name.startsWith('svc-'))
      .map((name) => ({
        id: name,
        purpose: 'Runs a job at night',
        owner: person(0).login,
        accounts: [{ collector: 'aws', account: name }],
        declaredBy: linkedBy,
        declaredOn: day(-90),
      })),
    leavers: {
      exportedBy: person(2).name,
      exportedOn: day(-2),
      system: 'Payroll (Harbour Pay)',
      filter: 'everybody who left in the last 90 days',
      people: [off, forgotten].flatMap((account, n) =>
        account === undefined ? [] : [{ account, leftOn: day(-20 + 9 * n) }],
      ),
    },
  };
}

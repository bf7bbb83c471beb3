import type { View } from './control.ts';
import { daysBetween } from './days.ts';
import { fail, noData, notApplicable, pass, type Finding } from './finding.ts';

interface Use {
  readonly createdAt: string;
  readonly lastSignInAt: string;
  readonly lastSuccessfulSignInAt: string;
  readonly signInRecorded: boolean;
}

interface Limits {
  readonly asOf: string;
  readonly maximumDays: number;
  /** How old an account may be of which there is no record of a sign-in. */
  readonly graceDays: number;
}

/** Whether somebody signed in to an account lately, as far as the source has a record of it. */
export function usedLately(account: View<Use>, { asOf, maximumDays, graceDays }: Limits): Finding {
  const aged = (time: string, judge: (days: number) => Finding): Finding => {
    const days = daysBetween(time, asOf);
    return days < 0 ? noData('the source tells a time after it was read') : judge(days);
  };
  const succeeded = account.given(['lastSuccessfulSignInAt'], ({ lastSuccessfulSignInAt }) =>
    aged(lastSuccessfulSignInAt, (days) => {
      const text = `was signed in to ${days} days ago, ${maximumDays} are allowed`;
      return days > maximumDays ? fail(text) : pass(text);
    }),
  );
  return account.given(['signInRecorded'], ({ signInRecorded }) => {
    if (!signInRecorded)
      return account.given(['createdAt'], ({ createdAt }) =>
        aged(createdAt, (days) =>
          days > graceDays
            ? fail(`is ${days} days old, and there is no record of a sign-in`)
            : notApplicable(`is at most ${graceDays} days old, and nobody signed in yet`),
        ),
      );
    if (succeeded.status !== 'no-data') return succeeded;
    // Whoever has not even tried has not succeeded.
    const tried = account.given(['lastSignInAt'], ({ lastSignInAt }) =>
      aged(lastSignInAt, (days) =>
        days > maximumDays
          ? fail(`was last tried to be signed in to ${days} days ago, ${maximumDays} are allowed`)
          : succeeded,
      ),
    );
    return tried.status === 'fail' ? tried : succeeded;
  });
}

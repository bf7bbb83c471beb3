import { z } from 'zod';
import { AccountHolder, Credential, PersonalToken } from '../../evidence-model/kinds.ts';
import { controlOverParts, need, type View } from '../control.ts';
import { all, fail, noData, notApplicable, pass, type Finding } from '../finding.ts';

const holders = need(AccountHolder, ['ofThePlace', 'holder', 'holderType', 'present'], { id: 'account' });

export const leaverCredentialsRevoked = controlOverParts({
  id: 'leaver-credentials-revoked',
  severity: 'high',
  assertion:
    "At each reading, no access key or signing certificate of an IAM user of a connected AWS account, and no token or SSH key of a person that a connected GitHub organisation lists, was active of a person who had left: whose accounts in the company's directory were all switched off, or whom the list of leavers names. Keys of services and of root users, classic tokens and SSH keys that GitHub does not list, deploy keys, and secrets of programs were not judged.",
  board: 'A token outlives its owner.',
  remedy:
    'Revoke each listed credential, and issue it anew under a service with somebody who answers for it.',
  collectors: ['github', 'aws'],
  population: 'keys and certificates of IAM users and root users, and tokens of people that GitHub lists',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      collectors: ['aws'],
      over: need(Credential, ['account', 'type', 'active']),
      related: { holders },
      test: (credential, { related, open }) =>
        credential.given(['type', 'active'], ({ type, active }) =>
          active ? ofWhom(related('holders'), open('holders'), type) : notApplicable('it is not active'),
        ),
    }),
    part({
      collectors: ['github'],
      over: need(PersonalToken, ['account', 'type', 'active']),
      related: { holders },
      test: (token, { related, open }) =>
        token.given(['type', 'active'], ({ type, active }) =>
          active
            ? token.given(['account'], () => ofWhom(related('holders'), open('holders'), type))
            : notApplicable('it is not active'),
        ),
    }),
  ],
});

interface Holder {
  readonly ofThePlace: boolean;
  readonly holder: string;
  readonly holderType: string;
  readonly present: boolean;
}

/** Whether who has the account that a credential is of is still there. */
function ofWhom(found: readonly View<Holder>[], open: string | null, type: string): Finding {
  if (found.length === 0)
    return noData(
      open ?? `whose the ${type} is, is not known: its account is not among those that were read`,
    );
  return all(
    found.map((account) =>
      account.given(['ofThePlace'], ({ ofThePlace }) => {
        if (ofThePlace)
          return notApplicable('it belongs to the AWS account itself; root-keys-none judges it');
        return account.given(['holder', 'holderType'], ({ holder, holderType }) => {
          if (holderType === 'service') return notApplicable(`it is that of service ${holder}`);
          if (holderType === 'none')
            return noData('nothing says whose the account is, so it may be that of somebody who left');
          return account.given(['present'], ({ present }) =>
            present
              ? pass(`the ${type} is that of ${holder}, who is there`)
              : fail(`the ${type} is active, and that of ${holder}, who left`),
          );
        });
      }),
    ),
  );
}

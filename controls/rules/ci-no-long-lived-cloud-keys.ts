import { z } from 'zod';
import { Credential, RoleTrust } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';
import { githubFinding, isGitHub, issuerOf } from '../github-subjects.ts';
import { matches } from '../pattern.ts';
import { isForServices, trustOf, type Admission, type Condition } from '../role-trust.ts';

export const ciNoLongLivedCloudKeys = controlOverParts({
  id: 'ci-no-long-lived-cloud-keys',
  severity: 'high',
  assertion:
    'At each reading, no secret that a connected GitHub organisation itself hands to GitHub Actions was called like an access key of AWS, by the names that the policy lists; and every role of a connected AWS account that runs of GitHub Actions may take on let in runs of repositories that are named one by one, of owners that the policy names, and no others. Secrets of single repositories and environments, variables, and what secrets of other names hold were not read.',
  board: 'Theft from the build system must not be theft of the cloud.',
  remedy:
    "Let pipelines take on a role by GitHub's own word (OpenID Connect), for named repositories alone, and delete the stored keys in GitHub and in AWS.",
  collectors: ['github', 'aws'],
  population:
    'secrets of connected GitHub organisations for GitHub Actions, and roles of connected AWS accounts',
  parameters: z.strictObject({
    /** What keys of AWS are called as secrets; `*` is any text. GitHub writes names in capitals. */
    names: z
      .array(z.string().min(1))
      .min(1)
      .default(['*AWS*ACCESS*KEY*', '*AWS*SECRET*', '*AWS*CREDENTIAL*', 'AWS_KEY*']),
    /** Owners of repositories whose runs may take on a role, by their logins. */
    owners: z.array(z.string().min(1)).default([]),
  }),
  parts: (part) => [
    part({
      collectors: ['github'],
      over: need(Credential, ['name'], undefined, { type: ['stored-secret'] }),
      related: {},
      test: (secret, { parameters: { names } }) =>
        secret.given(['name'], ({ name }) =>
          names.some((pattern) => matches(pattern.toUpperCase(), name.toUpperCase()))
            ? fail(`${name} is called like an access key of AWS`)
            : pass(`${name} is not called like an access key of AWS`),
        ),
    }),
    part({
      collectors: ['aws'],
      over: need(RoleTrust, ['document']),
      related: {},
      test: (role, { parameters: { owners } }) =>
        role.given(['document'], ({ document }) => {
          if (isForServices(document)) return notApplicable('services of AWS alone may take it on');
          const trust = trustOf(document);
          if (trust === null) return noData('the trust policy is not understood');
          const admitted = trust.admissions.flatMap((admission) => {
            const issuer = issuerIn(admission);
            if (issuer !== null) return [githubFinding(admission, issuer, owners)];
            const { type, conditions } = admission;
            if (type !== 'everybody' || !conditions.every(mayBeMet)) return [];
            const on = conditions.map(({ key }) => key).join(' and ');
            return [
              conditions.length === 0
                ? fail('everybody may take it on')
                : noData(`everybody may take it on under a condition on ${on}, which is not judged`),
            ];
          });
          if (admitted.length === 0) return notApplicable('runs of GitHub Actions may not take it on');
          const finding = all(admitted);
          return finding.status === 'fail' && trust.denies
            ? noData(`${finding.reason}; it also keeps some out, which is not judged`)
            : finding;
        }),
    }),
  ],
});

/** Whether a run may meet it. What is said of everybody but some is met by whoever it is not told of, too. */
const mayBeMet = ({ operator, key }: Condition) => ofAnybody.test(key) || /not|ifexists|null/i.test(operator);

/**
 * What is told of whoever takes on a role: a condition on anything else keeps out runs, of which that is not told.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ofAnybody =
  /^(?:aws:(?:sourceip|requestedregion|currenttime|epochtime|securetransport|useragent|referer)|sts:rolesessionname)$/;

/** The GitHub whose runs it is about: it is named as the provider, or everybody is let in whom it vouches for. */
function issuerIn({ type, who, conditions }: Admission): string | null {
  const named = type === 'Federated' ? [issuerOf(who)] : [];
  const keys = type === 'everybody' ? conditions.map(({ key }) => key.replace(/:[^:]*$/, '')) : [];
  return [...named, ...keys].map((issuer) => issuer.toLowerCase()).find(isGitHub) ?? null;
}

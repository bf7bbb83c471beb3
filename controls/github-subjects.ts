import { any, fail, noData, pass, worst, type Finding } from './finding.ts';
import { isPattern, naming, type Admission } from './role-trust.ts';

/**
 * Where GitHub says who a run of GitHub Actions is, its own and those of GitHub Enterprise, also with residence of data.
 * https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc
 */
const issuers =
  /^(?:token\.actions\.githubusercontent\.com(?:\/[\w-]+)?|token\.actions\.[\w-]+\.ghe\.com(?:\/[\w-]+)?|[\w.:-]+\/_services\/token)$/;

/** The issuer of a provider by its ARN. */
export function issuerOf(provider: string): string {
  return provider.slice(provider.indexOf('/') + 1);
}

export function isGitHub(issuer: string): boolean {
  return issuers.test(issuer);
}

/**
 * Whether only runs in repositories that are named one by one, of these owners, are let in; and which. Subjects are
 * https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 */
export function githubFinding(admission: Admission, issuer: string, owners: readonly string[]): Finding {
  const key = `${issuer}:sub`;
  const about = admission.conditions.filter((condition) =>
    condition.key.startsWith(`${issuer.toLowerCase()}:`),
  );
  const named = naming(admission, key);
  if (named.length > 0) {
    // Every one of the conditions must hold, so that one is enough that names them all.
    const findings = named.map((condition) =>
      each(condition.values.map((value) => subjectFinding(value, isPattern(condition, value), owners))),
    );
    return any(findings, fail('nothing is named'));
  }
  const other = about
    .filter((condition) => !condition.key.endsWith(':aud'))
    .map(({ operator, key }) => `${operator} of ${key}`);
  return other.length > 0
    ? noData(`which runs of GitHub Actions are let in depends on ${other.join(' and ')}, which is not judged`)
    : fail('GitHub Actions of any repository of anybody may take it on: no condition is on the subject');
}

/** All of these are let in. */
function each(findings: readonly Finding[]): Finding {
  const status = worst(findings.map((finding) => finding.status)) as Finding['status'];
  const reasons = findings.filter((finding) => finding.status === status).map(({ reason }) => reason);
  return { status, reason: reasons.join('; ') };
}

function subjectFinding(subject: string, pattern: boolean, owners: readonly string[]): Finding {
  const [, owner = '', repository = '', rest] = /^repo:([^/:]+)\/([^/:]+)(?::(.*))?$/s.exec(subject) ?? [];
  if (pattern && !/^repo:[^/:*?]+\/[^/:*?]+:/.test(subject))
    return fail(
      `GitHub Actions of more repositories than are named may take it on: the subject is ${subject}`,
    );
  if (owner === '' || subject.includes('${'))
    return noData(`which runs of GitHub Actions have the subject ${subject} is not understood`);
  const name = `${withoutId(owner)}/${withoutId(repository)}`;
  if (!owners.some((each) => each.toLowerCase() === withoutId(owner).toLowerCase()))
    return fail(`GitHub Actions of ${name} may take it on, whose owner is not in the list`);
  return pass(`GitHub Actions of ${name} may take it on ${occasion(rest)}`);
}

/** Where GitHub writes what never changes behind a name. */
function withoutId(name: string): string {
  return name.replace(/@\d+$/, '');
}

/** When a run of that repository is let in. */
function occasion(rest = ''): string {
  const [, branch, tag, environment] =
    /^(?:ref:refs\/heads\/(.+)|ref:refs\/tags\/(.+)|environment:(.+))$/s.exec(rest) ?? [];
  const which = (what: string, name: string) => (name === '*' ? `any ${what}` : `${what} ${name}`);
  if (branch !== undefined) return `from ${which('branch', branch)}`;
  if (tag !== undefined) return `from ${which('tag', tag)}`;
  if (environment !== undefined) return `from ${which('environment', environment)}`;
  if (rest === 'pull_request') return 'from pull requests';
  return rest === '*' ? 'from whatever branch, tag or event' : `where the subject ends in ${rest}`;
}

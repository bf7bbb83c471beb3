import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Collector } from '../../collectors/collector.ts';
import type { Dataset } from '../../collectors/dataset.ts';
import { controls } from '../../controls/index.ts';
import type { Result } from '../../controls/result.ts';
import type { Demo } from '../../demo/index.ts';
import type { Faults } from '../../demo/misbehave.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Judgement } from '../../exports/judge.ts';
import { withNeeds } from '../../scheduler/order.ts';
import type { Source } from '../../scheduler/setup.ts';
import { Clock, readNight, sourcesOf } from './bench.ts';
import { needsOf as needsOfControl } from '../../controls/control.ts';
import { Concern, concerned, dependents, isDerived, needsBehind, perhapsConcerned } from './concerned.ts';
import { faultsOf, type NamedFault } from './faults.ts';
import { startSpotless } from './spotless.ts';

/*
 * Every dataset meets every fault, in a company in which everything passes: a night is read for each, through the real
 * SDKs, with the fault between the stand-in and the socket while that one dataset is read, and judged.
 */
// It goes on from case to case: a stand-in that had waited for the next case would have reports from the future.
const clock = new Clock('2026-05-04T02:00:00Z');
let demo: Demo;
let sources: ReadonlyMap<string, Source>;
const before = new Map<string, Judgement>();
const tally = new Map<string, Map<string, number>>();

/** Answers that are the source's own way of saying something, so that a pass beside them is right. */
const told: Readonly<Record<string, string>> = {
  'microsoft365/organization without displayName': 'nothing is judged by the name of a tenant',
  'microsoft365/users without createdDateTime':
    'how old an account is matters only where it has no second factor',
  'microsoft365/users without userType': 'whose account it is matters only where it has no second factor',
  'microsoft365/role-assignable-group-members an empty list':
    'who is in a group matters only where the group holds a role',
  'microsoft365/role-assignable-group-members without @odata.type':
    'who is in a group matters only where the group holds a role',
  'microsoft365/conditional-access-group-members 404: it is hidden':
    'with just this code Graph says that a group was deleted, and nobody is in it',
  'microsoft365/conditional-access-group-members an empty list':
    'who is in a group matters only where the group holds a role',
  'microsoft365/conditional-access-group-members without @odata.type':
    'who is in a group matters only where the group holds a role',
  'microsoft365/reader without displayName': 'what a program is called decides nothing',
  'microsoft365/oauth2-permission-grants an empty list':
    'no answer tells how many there are, so that a tenant that shows none has none',
  'microsoft365/oauth2-permission-grants without scope':
    'what other programs may for somebody is nothing that was granted to the one that reads',
  'microsoft365/authentication-methods-policy without includeTargets':
    'whom a method is open to matters only where it is on',
  'aws/security-contacts 404: it is hidden': 'with just this code AWS says that an account has none',
  ...Object.fromEntries(
    [
      ...['certificates', 'clusters', 'database-instances', 'functions', 'image-registries', 'volumes'],
      ...['load-balancers', 'load-balancer-listeners'],
    ].map((id) => [
      `aws/${id} an empty list`,
      'no answer tells how many there are, so that a region that shows none has none',
    ]),
  ),
  'aws/identity-centers an empty list':
    'with an empty list AWS says that an organisation has none, so that nobody comes in that way',
  'aws/identity-store-users an empty list':
    'no answer tells how many people there are, so that a directory that shows none has none',
  'aws/protected-resources an empty list': 'databases keep copies of their own, and either is enough',
  'aws/protected-resources without LastBackupTime':
    'databases keep copies of their own, and either is enough',
  'aws/buckets an empty list':
    'no answer tells how many buckets there are, so that an account that shows none has none',
  'aws/organization without MasterAccountId':
    'which account leads the organisation matters only where a role lets it in and no listing of accounts names it',
  ...Object.fromEntries(
    ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].flatMap((field) => [
      [
        `aws/account-public-access-blocks without ${field}`,
        'each bucket has the same four settings of its own, and either is enough',
      ],
      [
        `aws/bucket-public-access-blocks without ${field}`,
        'the account has the same four settings, and either is enough',
      ],
    ]),
  ),
  'aws/accounts without Name': 'what an account is called decides nothing',
  'aws/password-policy NoSuchEntity': 'with just this code AWS says that an account has none, which fails',
  'github/branch-rules without require_last_push_approval':
    'where approvals end when the code changes, whose approval the last push needs does not matter',
  'github/app-installations without permissions':
    'what an App may is said beside the verdict and decides nothing',
  'github/app-installations without repository_selection':
    'what an App reaches is said beside the verdict and decides nothing',
  'github/credential-authorizations an empty list':
    'no answer tells how many there are, so that an owner who is shown none has none',
  'github/outside-collaborators an empty list':
    'no answer that is read yet tells how many there are, so that an owner who is shown none has none',
};

const referredTo = ['named-location', 'group.name'];
/** What a control may do without: where its policies refer to none of these, or nobody is at risk, they decide nothing. */
const spared: Readonly<Record<string, readonly string[]>> = {
  'legacy-auth-blocked-m365': [...referredTo, 'authentication-strength', 'role-assignment'],
  'mfa-required-all-users-m365': [...referredTo, 'authentication-strength', 'role-assignment', 'federation'],
  'mfa-required-guests-m365': [...referredTo, 'authentication-strength', 'role-assignment'],
  'mfa-required-admins-m365': [
    ...referredTo,
    'authentication-strength',
    'role-assignment.scope',
    'federation',
  ],
  'mfa-phishing-resistant-admins-m365': [...referredTo, 'role-assignment.scope'],
  // What nothing leaves out needs no name.
  'mfa-no-untracked-exclusions': ['account.name', 'group.name', 'named-location', 'sign-in-exclusion'],
  'risky-users-handled': ['account.enabled'],
};

/** What the vendor's API gives no pages of, so that a token for more means nothing; or leads on to days that are past. */
const unpaged = [
  ...['trails', 'trail-event-selectors', 'regions', 'volume-encryption-defaults'].map((id) => `aws/${id}`),
  ...['snapshot-public-access-blocks', 'instance-metadata-defaults'].map((id) => `aws/${id}`),
  ...['database-snapshot-attributes', 'config-recorders', 'config-recorder-status'].map((id) => `aws/${id}`),
  ...['guardduty-detector-details', 'inspector-status'].map((id) => `aws/${id}`),
  ...['database-cluster-snapshot-attributes', 'topic-subscribers'].map((id) => `aws/${id}`),
  'microsoft365/secure-score',
  'microsoft365/authentication-methods-policy',
  'microsoft365/admin-consent-request-policy',
  ...['organization', 'ruleset-details', 'organization-roles'].map((id) => `github/${id}`),
];

/** Of whom a dataset that is asked for each of some others does not speak, though the same control judges them. */
const others: Readonly<Record<string, (subject: string) => boolean>> = {
  // Who may pass classic protection by is told apart from who may pass rulesets by.
  'github/ruleset-details': (subject) => subject.startsWith('classic:'),
  // What a listener does with requests is asked of those alone that encrypt nothing.
  'aws/load-balancer-rules': (subject) => subject.endsWith('/443'),
};

beforeAll(async () => {
  demo = await startSpotless({ now: clock.now(), clock: clock.now });
  sources = sourcesOf(demo);
});

/**
 * A source of which this dataset is read with what it needs and what rests on it, beside them all that the controls look at
 * that look at any of these, and one bystander. What has nothing to do with it is not read for each fault.
 */
function around(collector: string, dataset: Dataset): Source {
  const source = sources.get(collector)!;
  const own = dependents(source.datasets, dataset.id);
  const judging = concerned(collector, own);
  judging.delete('evidence-coverage-complete');
  const judged = (each: Dataset) =>
    [...concerned(collector, [each])].filter((id) => judging.has(id)).length > 0;
  const looked = source.datasets.filter(judged);
  const bystander = source.datasets.find((each) => concerned(collector, [each]).size > 1 && !judged(each));
  const wanted = [...own, ...looked, ...(bystander ? [bystander] : [])];
  const ids = new Set(wanted.flatMap(({ id }) => withNeeds(source.datasets, id).map((each) => each.id)));
  return { ...source, datasets: source.datasets.filter(({ id }) => ids.has(id)) };
}

/** The night without any fault. */
async function undisturbed(source: Source, dataset: Dataset): Promise<Judgement> {
  const found = before.get(dataset.id);
  if (found) return found;
  const night = await readNight(source, {
    clock,
    authorities: [demo.microsoft365.certificate],
    report: () => undefined,
    datasetsAtOnce: 1,
  });
  before.set(dataset.id, night);
  return night;
}

afterAll(async () => {
  await demo.close();
  const rows = [...tally].map(([name, came]) => {
    const cells = ['same', 'cannot tell', 'as read', 'not met'].map((what) => came.get(what) ?? 0);
    return `| ${name.padEnd(36)} | ${cells.join(' | ')} |`;
  });
  process.stdout.write(
    [
      '| fault | as without it | cannot tell | as read | not met |',
      '|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
  );
});

function serverOf(collector: string): Faults {
  const servers: Readonly<Record<string, Faults>> = {
    github: demo.github.server.faults,
    microsoft365: demo.microsoft365.server.faults,
    aws: demo.aws.server.faults,
  };
  const found = servers[collector];
  if (!found) throw new Error(`the demo has no stand-in for ${collector}`);
  return found;
}

const briefly = ({ status, verdicts }: Result) => ({
  status,
  verdicts: verdicts.map((verdict) => [verdict.subject, verdict.status]),
});

const noneTold = ({ status, verdicts }: ReturnType<typeof briefly>) =>
  status === 'no-data' && verdicts.every(([, each]) => each === 'no-data');

/** Fields that were known of something before and are not any more, as `kind.field`; `kind` alone for what is no longer named. */
function lost(dataset: string, was: Judgement, is: Judgement): Set<string> {
  const known = (judgement: Judgement) => {
    const snapshot = judgement.datasets.find((each) => each.dataset === dataset)?.snapshot;
    const facts = new Map<string, string>();
    for (const { kind, data } of snapshot?.records() ?? [])
      for (const [field, value] of Object.entries(data))
        if (!isUnknown(value))
          facts.set(`${kind} ${data.id} ${field}`, field === 'id' ? kind : `${kind}.${field}`);
    return facts;
  };
  const [old, now] = [known(was), known(is)];
  return new Set([...old].flatMap(([key, what]) => (now.has(key) ? [] : [what])));
}

function needsOf(id: string, collector: string): Set<string> {
  const control = controls.find((each) => each.id === id);
  const needs = control ? needsBehind(control, collector) : [];
  return new Set(needs.flatMap(({ kind, fields }) => [kind, ...fields.map((field) => `${kind}.${field}`)]));
}

async function meet(collector: string, dataset: Dataset, fault: NamedFault): Promise<string> {
  const source = around(collector, dataset);
  const was = await undisturbed(source, dataset);
  const faults = serverOf(collector);
  const planted: { met: () => number }[] = [];
  const is = await readNight(source, {
    clock,
    authorities: [demo.microsoft365.certificate],
    datasetsAtOnce: 1,
    report(progress) {
      if (progress.step === 'dataset' && progress.dataset === dataset.id)
        planted.push(...fault.rules.map((rule) => faults.add(rule)));
      if (progress.step === 'read' && progress.dataset === dataset.id) faults.clear();
    },
  });
  if (planted.every(({ met }) => met() === 0)) return 'not met';

  const dependent = dependents(source.datasets, dataset.id);
  const affected = concerned(collector, dependent);
  const { snapshot } = is.datasets.find((each) => each.dataset === dataset.id)!;
  const complete = snapshot?.end.outcome === 'complete';
  const result = (judgement: Judgement, id: string) =>
    judgement.results.find(({ control }) => control === id)!;

  const perhaps = perhapsConcerned(dependent);
  for (const { id } of controls) {
    if (affected.has(id) && fault.expected !== 'same') continue;
    if (perhaps.has(id) && fault.expected !== 'same') {
      // Whatever of it matters to whom: nobody passes who did not before.
      const passing = (judgement: Judgement) =>
        result(judgement, id).verdicts.flatMap(({ status, subject }) => (status === 'pass' ? [subject] : []));
      expect(passing(was), id).toEqual(expect.arrayContaining(passing(is)));
      if (result(was, id).status !== 'pass') expect(result(is, id).status, id).not.toBe('pass');
      continue;
    }
    const [then, now] = [briefly(result(was, id)), briefly(result(is, id))];
    // Where nothing can be told, of whom it cannot be told depends on who happens to be named somewhere.
    if (fault.expected === 'same' || !noneTold(then) || !noneTold(now))
      expect(now, `${id} has nothing to do with it`).toEqual(then);
  }
  if (fault.expected === 'same') {
    expect(snapshot?.end.reasons).toEqual([]);
    return 'same';
  }
  if (complete && fault.paging && unpaged.includes(dataset.id)) return 'not met';
  if (complete) {
    const why = told[`${dataset.id} ${fault.name}`];
    if (why === undefined) expect(fault.expected, 'the reading is whole').toBe('as read');
    const gone = lost(dataset.id, was, is);
    for (const id of affected) {
      if (result(is, id).status !== 'pass') continue;
      // Of what a source says that there is none of, nothing is unknown any more.
      if (why !== undefined && fault.name === 'an empty list') continue;
      expect(result(was, id).status, `${id} passes on account of it`).toBe('pass');
      if (why !== undefined) continue;
      const control = controls.find((each) => each.id === id)!;
      if (!isDerived(needsOfControl(control)) && !new Concern(control, dependent, was).any) continue;
      const without = (need: string) => spared[id]?.some((each) => need.startsWith(each)) === true;
      const missed = [...needsOf(id, collector)].filter((need) => gone.has(need) && !without(need));
      expect({ control: id, passes: 'without', missed }).toEqual({
        control: id,
        passes: 'without',
        missed: [],
      });
    }
    return 'as read';
  }
  for (const id of affected) {
    const { status, verdicts, because } = result(is, id);
    expect(['pass', 'not-applicable'], id).not.toContain(status);
    if (id === 'evidence-coverage-complete') continue;
    // A partition that the fault did not meet, such as a repository of which there is nothing to say, stands for itself and
    // for those whom it names.
    const whole = new Set(
      snapshot?.partitions.flatMap((each) => (each.outcome === 'complete' ? [each.id] : [])),
    );
    const named = new Set(
      [...(snapshot?.records() ?? [])].flatMap((each) => (whole.has(each.partition) ? [each.data.id] : [])),
    );
    const control = controls.find((each) => each.id === id)!;
    const concern = new Concern(control, dependent, was);
    const apart = concern.besides(is);
    const there = concern.at(new Set([...whole, ...named]), is);
    const passed = verdicts.filter(
      ({ status: each, subject }) =>
        each === 'pass' &&
        !whole.has(subject) &&
        !named.has(subject) &&
        !apart.has(subject) &&
        !there.has(subject) &&
        others[dataset.id]?.(subject) !== true,
    );
    expect(
      passed.map(({ subject }) => subject),
      id,
    ).toEqual([]);
    // Whose accounts are may be told by what was not read: then each of them says so.
    const derived = isDerived(needsOfControl(control));
    const said = [...because, ...(derived ? verdicts.map(({ reason }) => reason) : [])].join('\n');
    // What is asked for each of its items says itself that it lacks them.
    expect(dependent.filter((each) => said.includes(each.id)).length, `${id}: ${said}`).toBeGreaterThan(0);
    const itself = said
      .split('\n')
      .some((line) => line.replace(/^[^/ ]+: /, '').startsWith(`${dataset.id} is`));
    if (fault.grant && itself) expect(said, id).toContain(dataset.permissions[0]);
  }
  return 'cannot tell';
}

/** A table of every dataset of a collector by every fault, one test for each. */
export function meetFaults(collector: Collector): void {
  for (const dataset of collector.datasets)
    describe(dataset.id, () => {
      test.each(faultsOf(collector.id, dataset))('$name', async (fault) => {
        const came = await meet(collector.id, dataset, fault);
        const name = fault.name.startsWith('without ') ? 'a field left out' : fault.name;
        const counts = tally.get(name) ?? new Map<string, number>();
        tally.set(name, counts.set(came, (counts.get(came) ?? 0) + 1));
      });
    });
}

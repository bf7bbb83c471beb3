import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { except, evaluate } from '../../controls/evaluate.ts';
import type { Exception } from '../../controls/declarations.ts';
import { asOf, evidenceOf, judged, judgedByAll, type Told } from './support.ts';
import { losses } from './losses.ts';
import { arn, aws, domains, github, microsoft365, nights, ownSettings, vendors } from './worlds.ts';
import { cloud } from './worlds/cloud.ts';
import { code } from './worlds/code.ts';
import { besides } from './worlds/tenant.ts';

/** Worlds in which any of the facts that decide may be good or bad. */
const world = fc
  .record({
    mfaRequired: fc.boolean(),
    basePermission: fc.constantFrom('none', 'read', 'write'),
    rules: fc.boolean(),
    userMfa: fc.boolean(),
    password: fc.boolean(),
    keyAge: fc.constantFrom('2026-06-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    keyUse: fc.constantFrom('2026-06-29T00:00:00Z', '2026-02-01T00:00:00Z', 'never'),
    summaryMfa: fc.boolean(),
    trail: fc.boolean(),
    length: fc.constantFrom(8, 14),
    state: fc.constantFrom('ACTIVE', 'SUSPENDED'),
    groups: fc.constantFrom([], ['ops'], ['ops', 'others']),
    boundary: fc.constantFrom('none', vendors('ReadOnlyAccess'), 'lost'),
    actions: fc.constantFrom('s3:*', 'iam:*', '*'),
    trusted: fc.constantFrom('111122223333', '999988887777', '*'),
    nights: fc.nat(30),
    listed: fc.boolean(),
    capable: fc.boolean(),
    guest: fc.boolean(),
    policyState: fc.constantFrom('enabled', 'report-only', 'disabled'),
    grants: fc.constantFrom(['mfa'], ['mfa', 'compliantDevice'], ['block'], ['passwordChange']),
    excluded: fc.boolean(),
    narrowed: fc.boolean(),
    defaults: fc.constantFrom('enabled', 'disabled'),
    holder: fc.constantFrom('user', 'group', 'service-principal'),
    dmarc: fc.constantFrom('reject', 'quarantine', 'none'),
    senders: fc.constantFrom('v=spf1 -all', 'v=spf1 include:spf.example ~all', 'v=spf1 all'),
    cloud: fc.record({
      good: fc.boolean(),
      enabled: fc.boolean(),
      blocked: fc.boolean(),
      block: fc.constantFrom('all', 'new', 'none'),
      backupDays: fc.constantFrom(0, 7),
      copied: fc.constantFrom('2026-06-29T23:00:00Z', '2026-05-01T00:00:00Z'),
      locked: fc.constantFrom('by-nobody', 'by-few', 'no'),
      final: fc.constantFrom('2026-01-01T00:00:00Z', 'never'),
      ports: fc.constantFrom('tcp 443-443', 'tcp 22-22', 'all'),
      tls: fc.constantFrom('ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-2016-08'),
      runtime: fc.constantFrom('nodejs24.x', 'nodejs18.x'),
      scanned: fc.boolean(),
      rootUsed: fc.constantFrom('never', '2026-01-01T00:00:00Z', '2026-06-29T00:00:00Z'),
    }),
    code: fc.record({
      archived: fc.boolean(),
      visibility: fc.constantFrom('public', 'private'),
      scanning: fc.boolean(),
      approvals: fc.nat(1),
      dismissed: fc.boolean(),
      foundOn: fc.constantFrom('2026-06-29T12:00:00Z', '2026-06-26T00:00:00Z', '2026-01-01T00:00:00Z'),
      validity: fc.constantFrom('active', 'untried'),
      severity: fc.constantFrom('critical', 'low'),
      approval: fc.boolean(),
      bypass: fc.constantFrom([], ['Team 300: always']),
      mayWrite: fc.boolean(),
      ends: fc.constantFrom('2026-08-01T00:00:00Z', 'never'),
      suspended: fc.boolean(),
      managed: fc.boolean(),
      enabledFor: fc.constantFrom('all', 'none'),
      tokenMayWrite: fc.boolean(),
    }),
    bought: fc.boolean(),
    standing: fc.constantFrom('activated', 'assigned'),
    lasts: fc.constantFrom('PT8H', 'P1D', 'long'),
    signedIn: fc.constantFrom('2026-06-28T00:00:00.000Z', '2026-01-01T00:00:00.000Z'),
    recorded: fc.boolean(),
    maker: fc.constantFrom('tenant', 'elsewhere'),
    permission: fc.constantFrom('User.Read.All', 'Directory.ReadWrite.All'),
    way: fc.constantFrom('by-itself', 'for-somebody'),
    secretEnds: fc.constantFrom('2026-06-20T00:00:00.000Z', '2026-12-01T00:00:00.000Z', 'never'),
    encrypted: fc.boolean(),
    meets: fc.constantFrom('compliant', 'noncompliant', 'inGracePeriod'),
    sharing: fc.constantFrom('disabled', 'externalUserAndGuestSharing', 'another'),
    invitations: fc.constantFrom('none', 'everyone'),
    consent: fc.constantFrom('low', 'legacy', 'recommended'),
    recordedLog: fc.boolean(),
    marked: fc.boolean(),
    forwarding: fc.constantFrom('Off', 'On', 'another'),
    remote: fc.boolean(),
    synchronized: fc.boolean(),
    licence: fc.constantFrom('suite', 'premium', 'another'),
    risk: fc.constantFrom('atRisk', 'remediated', 'another'),
    riskLevel: fc.constantFrom('high', 'low', 'hidden'),
    texts: fc.boolean(),
    linksScanned: fc.boolean(),
    ownSetting: fc.constantFrom('enforced', 'enabled', 'disabled'),
  })
  .map((facts): Told[] => [
    ...code({
      base: github({
        organization: { mfaRequired: facts.mfaRequired, basePermission: facts.basePermission },
        rules: { pullRequestRequired: facts.rules },
      }).map((told) =>
        told.dataset === 'github/members-2fa-disabled' && facts.listed
          ? { ...told, records: [{ kind: 'account', id: '12', name: 'cleo', mfaEnabled: false }] }
          : told,
      ),
      members: { managed: facts.code.managed },
      repository: {
        archived: facts.code.archived,
        visibility: facts.code.visibility,
        secretScanning: facts.code.scanning,
      },
      rules: { approvals: facts.code.approvals, staleApprovalsDismissed: facts.code.dismissed },
      scanned: { dependencyAlerts: facts.code.scanning },
      flaws: [{ severity: facts.code.severity, openedAt: facts.code.foundOn }],
      secrets: [{ validity: facts.code.validity, openedAt: facts.code.foundOn }],
      environments: [{ name: 'production', approvalRequired: facts.code.approval }],
      bypassActors: facts.code.bypass,
      classic: { actors: facts.code.bypass },
      key: { mayWrite: facts.code.mayWrite },
      token: { expiresAt: facts.code.ends },
      app: { suspended: facts.code.suspended },
      policy: { enabledFor: facts.code.enabledFor },
      run: { tokenMayWrite: facts.code.tokenMayWrite },
    }),
    ...aws({
      user: { mfaEnabled: facts.userMfa, consolePassword: facts.password },
      key: { rotatedAt: facts.keyAge, lastUsedAt: facts.keyUse },
      summary: { mfaEnabled: facts.summaryMfa },
      trail: { multiRegion: facts.trail },
      policy: { minimumLength: facts.length },
      state: facts.state,
      principal: { groups: facts.groups, boundary: facts.boundary },
      actions: facts.actions,
      trust: [{ Effect: 'Allow', Principal: { AWS: facts.trusted }, Action: 'sts:AssumeRole' }],
      rootUser: { passwordLastUsedAt: facts.cloud.rootUsed },
    }),
    ...cloudOf(facts.cloud),
    ...domains({
      published: {
        dmarcPolicies: [`v=DMARC1; p=${facts.dmarc}; rua=mailto:a@b.example`],
        senderPolicies: [facts.senders],
      },
    }),
    ...microsoft365({
      user: { mfaCapable: facts.capable, userType: facts.guest ? 'guest' : 'member' },
      bob: {
        synchronized: facts.synchronized,
        licences: facts.licence === 'another' ? [] : [{ licence: facts.licence, off: [] }],
      },
      assignment: { accountType: facts.holder },
      policy: {
        state: facts.policyState,
        grants: facts.grants,
        excludeUsers: facts.excluded ? ['bob'] : [],
        conditions: facts.narrowed ? ['locations'] : [],
      },
      defaults: facts.defaults,
    }),
    ...besides(
      {
        schedule: { standing: facts.standing },
        rule: { activationLasts: facts.lasts },
        cleo: { lastSuccessfulSignInAt: facts.signedIn, signInRecorded: facts.recorded },
        program: { maker: facts.maker },
        grant: { permissions: [facts.permission], way: facts.way },
        secret: { expiresAt: facts.secretEnds },
        device: { encrypted: facts.encrypted, compliance: facts.meets },
        files: { sharing: facts.sharing },
        may: {
          invitations: facts.invitations,
          consentPolicies: [`ManagePermissionGrantsForSelf.microsoft-user-default-${facts.consent}`],
        },
        settings: { activitiesRecorded: facts.recordedLog, outsideMarked: facts.marked },
        policy: { forwarding: facts.forwarding },
        remote: { forwarding: facts.remote },
        risk: { state: facts.risk, level: facts.riskLevel },
        sms: { enabled: facts.texts },
        links: { scans: facts.linksScanned },
      },
      { premium: facts.bought },
    ),
    ownSettings({ ada: 'enforced', bob: facts.ownSetting }),
    ...nights({ nightsComplete: facts.nights }),
  ]);

interface CloudFacts {
  readonly [K: string]: unknown;
  readonly good: boolean;
  readonly blocked: boolean;
}

/** What stands in the account, where the facts of it that decide may be good or bad. */
function cloudOf({
  good,
  enabled,
  blocked,
  block,
  backupDays,
  copied,
  locked,
  final,
  ports,
  ...more
}: CloudFacts) {
  return cloud({
    bucket: { publicAccessBlocked: good, locked },
    blocked,
    database: { public: !good, encrypted: good, backupDays },
    copied: { lastBackupAt: copied },
    regionFields: { enabled, volumeEncryptionDefault: good, publicSnapshotsBlocked: block },
    firewall: { openToAll: [ports] },
    listener: { tlsPolicy: more['tls'] },
    rule: { sendsToTls: good },
    recorder: { recording: good },
    detector: { enabled: good },
    vault: { lockFinalAt: final },
    patches: { criticalPatchesMissing: good ? 0 : 2 },
    scan: { scanned: more['scanned'] },
    program: { runtime: more['runtime'] },
    contact: good,
  });
}

describe('whatever the evidence is', () => {
  test('losing some of it never turns anything into a pass', () => {
    let lost = 0;
    fc.assert(
      fc.property(
        world,
        fc.nat(1000),
        fc.nat(1000),
        fc.constantFrom(...losses),
        (told, which, pick, lose) => {
          const at = which % told.length;
          const less = told.map((each, n) => (n === at ? lose(each, pick) : each));
          const [whole, lossy] = [judgedByAll(told), judgedByAll(less)];
          for (const [n, { id }] of controls.entries()) {
            const [before, after] = [whole[n]!, lossy[n]!];
            // Where two authorities disagree and one falls silent, the other's word stands: a value overrules an unknown.
            const said = [...before.because, ...before.verdicts.map(({ reason }) => reason)];
            if (said.some((text) => text.includes('contradiction'))) continue;
            if (before.status !== 'pass') expect(after.status, `${id}: ${before.status}`).not.toBe('pass');
            const passed = new Set(
              before.verdicts.filter(({ status }) => status === 'pass').map(({ subject }) => subject),
            );
            for (const { subject, status } of after.verdicts)
              if (status === 'pass') expect(passed.has(subject), `${id} ${subject}`).toBe(true);
            if (before.status === 'pass' && after.status !== 'pass') lost += 1;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(lost).toBeGreaterThan(20);
    // A thousand worlds, each judged by every control.
  }, 180_000);

  test('the parts of a population add up, and a pass means that every part of it passed or was not concerned', () => {
    fc.assert(
      fc.property(world, (told) => {
        for (const { population: p, status, verdicts, because } of judgedByAll(told)) {
          expect(p.pass + p.fail + p.excepted + p.noData + p.manual + p.notApplicable).toBe(p.total);
          expect(verdicts.length).toBe(p.total);
          if (status === 'pass') {
            expect(because).toEqual([]);
            expect(p.pass + p.notApplicable).toBe(p.total);
            expect(p.pass).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('neither the order of datasets nor that of records matters', () => {
    fc.assert(
      fc.property(world, (told) => {
        const turned = told.map((each) => ({ ...each, records: each.records.toReversed() })).toReversed();
        const strip = (each: readonly Told[]) =>
          judgedByAll(each).map(({ status, population, verdicts }) => ({
            status,
            population,
            verdicts: verdicts.map(({ source, subject, status: told }) => [source, subject, told]),
          }));
        expect(strip(turned)).toEqual(strip(told));
      }),
      { numRuns: 40 },
    );
  });

  test('judging twice gives the same bytes', () => {
    fc.assert(
      fc.property(world, (told) => {
        expect(JSON.stringify(judgedByAll(told))).toBe(JSON.stringify(judgedByAll(told)));
      }),
      { numRuns: 20 },
    );
  });
});

describe('an exception', () => {
  const exception: Exception = {
    id: 'one',
    control: 'mfa-aws-console-users',
    subjects: [arn('ada')],
    class: 'migration',
    owner: 'the owner',
    approver: 'the approver',
    reason: 'being replaced',
    safeguard: { text: 'an alarm', control: 'cloudtrail-all-regions' },
    start: '2026-06-01',
    end: '2026-06-30',
  };
  const failing = () => judged('mfa-aws-console-users', aws({ user: { mfaEnabled: false } }));

  test('accepts a failure while it is in force and its safeguard holds', async () => {
    const result = except(await failing(), [exception], asOf, () => true);
    expect(result).toMatchObject({ status: 'excepted', population: { excepted: 1, fail: 0 } });
  });

  test.each([
    ['before it begins', { start: '2026-07-01', end: '2026-07-31' }, true],
    ['after it ended', { end: '2026-06-29' }, true],
    ['while its safeguard does not hold', {}, false],
    ['of somebody else', { subjects: [arn('bob')] }, true],
    ['to another control', { control: 'mfa-aws-root' }, true],
  ])('accepts nothing %s', async (_, change, holds) => {
    const result = except(await failing(), [{ ...exception, ...change }], asOf, () => holds);
    expect(result.status).toBe('fail');
  });

  test('leaves a population that nobody could read as it is', async () => {
    const nothing = await judged('mfa-aws-console-users', [], {}, { sources: [] });
    expect(except(nothing, [{ ...exception, subjects: ['nobody'] }], asOf, () => true).status).toBe(
      'no-data',
    );
  });

  test('that names no source is not about two things of one id', async () => {
    const result = await failing();
    const [verdict] = result.verdicts.filter(({ status }) => status === 'fail');
    const twice = { ...result, verdicts: [...result.verdicts, { ...verdict!, source: 'aws-two' }] };
    expect(except(twice, [exception], asOf, () => true).status).toBe('fail');
    const named = except(twice, [{ ...exception, source: 'aws-two' }], asOf, () => true);
    expect(named.population).toMatchObject({ excepted: 1, fail: 1 });
  });

  test('that is renewed counts, whichever stands first', async () => {
    const old = { ...exception, id: 'old', end: '2026-06-10' };
    for (const exceptions of [
      [old, exception],
      [exception, old],
    ])
      expect(except(await failing(), exceptions, asOf, () => true).status).toBe('excepted');
  });

  test('never turns what is not known into something accepted', async () => {
    const unknown = await judged(
      'mfa-aws-console-users',
      aws({ user: { mfaEnabled: { unknown: 'not told' } } }),
    );
    expect(except(unknown, [exception], asOf, () => true).status).toBe('no-data');
  });
});

test('a hundred thousand accounts are judged in seconds', () => {
  const [members, ...others] = github().filter(({ dataset }) => dataset.startsWith('github/members'));
  const records = Array.from({ length: 100_000 }, (_, n) => ({
    kind: 'account',
    id: String(n),
    name: `person-${n}`,
    root: false,
    role: 'member',
  }));
  const control = controls.find(({ id }) => id === 'mfa-enabled-github-members')!;
  const evidence = evidenceOf([{ ...members!, records }, ...others]);
  const started = performance.now();
  expect(evaluate(control, {}, evidence)).toMatchObject({ status: 'pass', population: { pass: 100_000 } });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a subject may have more relatives than a call takes arguments', () => {
  const many = microsoft365().map((told) =>
    told.dataset === 'microsoft365/users'
      ? {
          ...told,
          records: [
            ...told.records,
            ...Array.from({ length: 200_000 }, (_, n) => ({
              kind: 'account',
              id: `more-${n}`,
              name: `more-${n}`,
              userType: 'guest',
            })),
          ],
        }
      : told,
  );
  const control = controls.find(({ id }) => id === 'privileged-guests-none-m365')!;
  expect(evaluate(control, {}, evidenceOf(many))).toMatchObject({ status: 'pass', population: { pass: 2 } });
});

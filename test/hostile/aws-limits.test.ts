import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { aws } from '../../collectors/aws/index.ts';
import type { Dataset } from '../../collectors/dataset.ts';
import { making, role } from '../../demo/aws/build-account.ts';
import { buildAws, type AwsModel } from '../../demo/aws/model.ts';
import { seeded } from '../../demo/aws/random.ts';
import { startAws, type AwsServer } from '../../demo/aws/server.ts';
import type { Rate } from '../../demo/aws/throttle.ts';
import { dialects } from '../../demo/aws/wire.ts';
import { startDemo } from '../../demo/index.ts';
import type { Judgement } from '../../exports/judge.ts';
import { withNeeds } from '../../scheduler/order.ts';
import { cadenceOf } from '../../scheduler/plan.ts';
import { showDatasets } from '../standins/support.ts';
import { Clock, readNight } from './bench.ts';
import { asInTheImage, exhibit, peakOf } from './process.ts';

/*
 * Accounts of a size that takes some reading, behind a server that holds back who asks too fast. Waiting moves a clock
 * that both sides look at, but where the time that it takes is what is measured.
 */
const start = '2026-05-04T02:00:00Z';
const rows: string[] = [];

afterAll(() => {
  const head = ['| AWS, limits enforced | requests | held back | took | peak |', '|---|---|---|---|---|'];
  process.stdout.write([...head, ...rows, ''].join('\n'));
});

/** What the vendor publishes, of one account in one region; of IAM and most others it publishes nothing. */
const published: Readonly<Record<string, Rate>> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  'cloudtrail/LookupEvents': { perSecond: 2, burst: 2 },
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
  'securityhub/GetFindings': { perSecond: 3, burst: 6 },
  securityhub: { perSecond: 10, burst: 30 },
  // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
  ec2: { perSecond: 10, burst: 50 },
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  lambda: { perSecond: 15, burst: 15 },
};

/** An organisation in which whoever reads is let in everywhere, and every region is switched on with what watches it. */
function openEverywhere({ accounts, organization }: AwsModel): void {
  if (organization) organization.membersReadTrailSelectors = true;
  for (const { readRole, buckets, regions } of accounts) {
    if (readRole) readRole.refuses = [];
    for (const bucket of buckets) bucket.refuses = [];
    for (const region of regions) {
      region.optIn = region.optIn === 'not-opted-in' ? 'opted-in' : region.optIn;
      region.securityHub = true;
    }
  }
}

async function night(server: AwsServer, model: AwsModel, clock: Clock, datasets: readonly Dataset[]) {
  const [reader] = model.callers;
  const config = aws.config.parse({
    endpoint: server.url,
    externalId: 'exhibit-demo',
    credentials: { accessKeyId: reader!.accessKeyId, secretAccessKey: reader!.secretAccessKey },
  });
  const from = clock.now().getTime();
  const judgement = await readNight(
    {
      id: 'aws-large',
      title: aws.title,
      collector: aws,
      datasets,
      scope: aws.scope(config as never),
      settings: () => Promise.resolve(config),
    },
    { clock, authorities: [], report: () => undefined },
  );
  return { judgement, seconds: Math.round((clock.now().getTime() - from) / 1000) };
}

const short = ({ datasets }: Judgement) =>
  datasets.flatMap(({ dataset, snapshot }) =>
    snapshot?.end.outcome === 'complete'
      ? []
      : [`${dataset}: ${snapshot?.end.reasons[0]?.text ?? 'not read'}`],
  );

const isThrottled = ({ code }: AwsServer['calls'][number]) =>
  /Throttl|TooMany|LimitExceeded|SlowDown/.test(code ?? '');

test('IAM of an account with 200 users and 500 roles takes at most 20 requests', async () => {
  const clock = new Clock(start);
  const model = buildAws({
    seed: 'iam',
    now: clock.now(),
    accounts: 1,
    usersPerAccount: 199,
    defects: false,
  });
  const [account] = model.accounts;
  const make = making(seeded('roles'), clock.now(), model.partition);
  while (account!.roles.length < 500)
    account!.roles.push(
      role(make, account!.id, `service-${account!.roles.length}`, {
        trusts: { Service: 'ec2.amazonaws.com' },
        policies: [`arn:aws:iam::${account!.id}:policy/app-data`],
      }),
    );
  expect([account!.users.length, account!.roles.length]).toEqual([200, 500]);
  const server = await startAws(model, { now: clock.now });
  // Who last used what takes a report for each of them, and is asked for once a week.
  const nightly = aws.datasets.filter((dataset) => cadenceOf(dataset) === 'nightly');
  const iam = nightly.filter(({ permissions }) => permissions.some((each) => each.startsWith('iam:')));
  const wanted = new Set(iam.flatMap(({ id }) => withNeeds(aws.datasets, id).map((each) => each.id)));
  const { judgement, seconds } = await night(
    server,
    model,
    clock,
    aws.datasets.filter(({ id }) => wanted.has(id)),
  );
  await server.close();
  const calls = server.calls.filter(({ service }) => service === 'iam');
  rows.push(`| IAM of one account, 200 users and 500 roles | ${calls.length} | 0 | ${seconds} s | |`);
  expect(short(judgement)).toEqual([]);
  const details = judgement.datasets.find(({ dataset }) => dataset === 'aws/account-authorization-details');
  const kinds = [...details!.snapshot!.records()].map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'role')).toHaveLength(500);
  expect(kinds.filter((kind) => kind === 'account')).toHaveLength(200);
  expect(calls.length).toBeLessThanOrEqual(20);
});

test('who is held back everywhere, by slow regions and by a report that is not made yet, reads all the same', async () => {
  const clock = new Clock(start);
  const model = buildAws({ seed: 'throttled', now: clock.now(), accounts: 4, usersPerAccount: 4 });
  openEverywhere(model);
  // Far below what is asked, for every service that the stand-in has.
  const throttle = Object.fromEntries(
    Object.keys(dialects).map((name) => [name, { perSecond: 2, burst: 2 }]),
  );
  const server = await startAws(model, { now: clock.now, throttle, reportPolls: 5 });
  server.faults.add({
    match: { headers: { authorization: /\/eu-central-1\// } },
    fault: { kind: 'delay', ms: 25 },
  });
  const limited = server.faults.add({
    match: { operation: /^iam\/GenerateCredentialReport$/ },
    times: 8,
    fault: {
      kind: 'answer',
      status: 409,
      headers: { 'content-type': 'text/xml' },
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>LimitExceeded</Code><Message>no</Message></Error></ErrorResponse>',
    },
  });
  const { judgement, seconds } = await night(server, model, clock, aws.datasets);
  await server.close();
  const held = server.calls.filter(isThrottled).length + limited.met();
  rows.push(`| 4 accounts, 4 regions, two a second | ${server.log.length} | ${held} | ${seconds} s | |`);
  expect(limited.met()).toBe(8);
  expect(held).toBeGreaterThan(100);
  expect(short(judgement)).toEqual([]);
});

test('a report that is never made for being asked too often is no-data, and says so', async () => {
  const clock = new Clock(start);
  const model = buildAws({
    seed: 'limited',
    now: clock.now(),
    accounts: 2,
    usersPerAccount: 4,
    defects: false,
  });
  const server = await startAws(model, { now: clock.now });
  server.faults.add({
    match: { operation: /^iam\/GenerateCredentialReport$/ },
    fault: {
      kind: 'answer',
      status: 409,
      headers: { 'content-type': 'text/xml' },
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>LimitExceeded</Code><Message>no</Message></Error></ErrorResponse>',
    },
  });
  const datasets = withNeeds(aws.datasets, 'aws/credential-report');
  const { judgement } = await night(server, model, clock, datasets);
  await server.close();
  expect(short(judgement)).toEqual([expect.stringMatching(/^aws\/credential-report: .*LimitExceeded/)]);
  const told = judgement.results.find(({ control }) => control === 'mfa-aws-console-users');
  expect(told?.status).toBe('no-data');
  expect(told?.verdicts.filter(({ status }) => status === 'pass')).toEqual([]);
});

test(
  '50 accounts of 4 regions are read within the memory of a small machine, and nobody is asked too fast',
  { timeout: 900_000 },
  async () => {
    const demo = await startDemo({
      seed: 'large',
      now: new Date(),
      clock: () => new Date(),
      people: 10,
      repositories: 1,
      accounts: 50,
      usersPerAccount: 20,
      awsThrottle: published,
    });
    const dir = await mkdtemp(join(tmpdir(), 'exhibit-accounts-'));
    try {
      openEverywhere(demo.company.aws);
      const { url, role: name, externalId, accessKeyId, secretAccessKey, server } = demo.aws;
      await mkdir(join(dir, 'secrets'));
      await writeFile(join(dir, 'secrets', 'aws'), secretAccessKey, { mode: 0o600 });
      const config = join(dir, 'exhibit.yaml');
      await writeFile(
        config,
        stringify({
          organization: { name: 'Large', slug: 'large' },
          sources: [
            {
              id: 'aws-large',
              collector: 'aws',
              consent: 'standard',
              endpoint: url,
              role: name,
              externalId,
              credentials: { accessKeyId, secretAccessKey: { file: 'secrets/aws' } },
            },
          ],
        }),
      );
      const started = performance.now();
      const running = exhibit(['collect', '--config', config], asInTheImage);
      const megabytes = await peakOf(running);
      expect(await running.ended, running.output()).toBe(0);
      const seconds = Math.round((performance.now() - started) / 1000);
      const held = server.calls.filter(isThrottled).length;
      const places = new Set(server.calls.map(({ account, region }) => `${account} ${region}`));
      const { datasets } = await showDatasets(config);
      const records = datasets.reduce((sum, each) => sum + each.records, 0);
      rows.push(
        `| 50 accounts, 4 regions, ${datasets.length} datasets: ${records} records | ${server.calls.length} | ${held} | ${seconds} s | ${megabytes} MB |`,
      );
      expect(datasets.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
      expect(places.size).toBeGreaterThanOrEqual(200);
      expect(held).toBe(0);
      expect(megabytes).toBeLessThan(300);
    } finally {
      await demo.close();
      await rm(dir, { recursive: true });
    }
  },
);

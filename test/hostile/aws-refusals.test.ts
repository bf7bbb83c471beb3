import { afterAll, expect, onTestFinished, test } from 'vitest';
import { aws } from '../../collectors/aws/index.ts';
import type { Dataset } from '../../collectors/dataset.ts';
import { buildAws, type AwsModel } from '../../demo/aws/model.ts';
import { startAws } from '../../demo/aws/server.ts';
import type { FaultRule } from '../../demo/misbehave.ts';
import { withNeeds } from '../../scheduler/order.ts';
import { Clock, readNight } from './bench.ts';
import { concerned, dependents } from './concerned.ts';

/* Refusals that meet a part of what is read: what they leave open is open, and nothing else. */
const rows: string[] = [];

afterAll(() => {
  const head = ['| credentials end at request | datasets that are whole | that are not |', '|---|---|---|'];
  process.stdout.write([...head, ...rows, ''].join('\n'));
});

async function night(
  { model, clock }: { readonly model: AwsModel; readonly clock: Clock },
  datasets: readonly Dataset[],
  faults: readonly FaultRule[] = [],
) {
  const server = await startAws(model, { now: clock.now });
  onTestFinished(() => server.close());
  for (const fault of faults) server.faults.add(fault);
  const [reader] = model.callers;
  const config = aws.config.parse({
    endpoint: server.url,
    externalId: 'exhibit-demo',
    credentials: { accessKeyId: reader!.accessKeyId, secretAccessKey: reader!.secretAccessKey },
  });
  const judgement = await readNight(
    {
      id: 'aws-one',
      title: aws.title,
      collector: aws,
      datasets,
      scope: aws.scope(config as never),
      settings: () => Promise.resolve(config),
    },
    { clock, authorities: [], report: () => undefined, datasetsAtOnce: 1 },
  );
  return { ...judgement, requests: server.log.length };
}

function company(accounts: number) {
  const clock = new Clock('2026-05-04T02:00:00Z');
  const model = buildAws({
    seed: 'refusals',
    now: clock.now(),
    accounts,
    usersPerAccount: 3,
    defects: false,
  });
  return { model, clock };
}

test('one bucket of 500 that refuses is one unknown bucket', async () => {
  const { model, clock } = company(1);
  const [account] = model.accounts;
  const [bucket] = account!.buckets;
  account!.buckets = Array.from({ length: 500 }, (_, n) => ({ ...bucket!, name: `data-${n}`, refuses: [] }));
  const closed = account!.buckets[321]!;
  const arn = `arn:aws:s3:::${closed.name}`;
  // Every dataset that asks for each bucket, of whatever there are.
  const ofBuckets = aws.datasets.filter(({ each }) => each?.dataset === 'aws/buckets');
  expect(ofBuckets.length).toBeGreaterThan(3);
  Object.assign(closed, { refuses: { includes: () => true } });
  const ids = new Set(ofBuckets.flatMap(({ id }) => withNeeds(aws.datasets, id).map((each) => each.id)));
  const { datasets, results } = await night(
    { model, clock },
    aws.datasets.filter(({ id }) => ids.has(id)),
  );
  for (const { id } of ofBuckets) {
    const { snapshot } = datasets.find(({ dataset }) => dataset === id)!;
    const open = snapshot!.partitions.filter(({ outcome }) => outcome !== 'complete');
    expect(snapshot!.partitions).toHaveLength(500);
    expect(open).toMatchObject([{ id: arn, outcome: 'denied', reasons: [{ code: 'permission-missing' }] }]);
    expect(open[0]!.reasons[0]!.grant.length).toBeGreaterThan(0);
    expect(new Set([...snapshot!.records()].map(({ data }) => data.id)).size).toBe(499);
  }
  for (const control of concerned('aws', ofBuckets)) {
    const { status, verdicts } = results.find((each) => each.control === control)!;
    expect(['pass', 'not-applicable'], control).not.toContain(status);
    const of = verdicts.filter(({ subject }) => subject === arn);
    expect(
      of.map((each) => each.status),
      control,
    ).toEqual(of.map(() => 'no-data'));
  }
});

test('credentials that end in the middle of a night leave open what comes after, and nothing passes on it', async () => {
  const whole = await night(company(2), aws.datasets);
  for (const part of [0, 0.2, 0.4, 0.6, 0.8, 0.95]) {
    const { model, clock } = company(2);
    const end = () => Object.assign(model.callers[0]!, { endsAt: clock.now().toISOString() });
    const from = 2 + Math.floor(whole.requests * part);
    const rule: FaultRule = {
      from,
      times: 1,
      meanwhile: end,
      fault: { kind: 'watch', see: () => undefined },
    };
    const { datasets, results } = await night({ model, clock }, aws.datasets, [rule]);
    const short = datasets.filter(({ snapshot }) => snapshot?.end.outcome !== 'complete');
    const told = short.flatMap(({ snapshot }) => snapshot?.end.reasons.map(({ text }) => text) ?? []);
    rows.push(`| ${from} of ${whole.requests} | ${datasets.length - short.length} | ${short.length} |`);
    expect(told.some((text) => text.includes('ExpiredToken'))).toBe(true);
    const touched = short.flatMap(({ dataset }) => dependents(aws.datasets, dataset));
    for (const control of concerned('aws', touched)) {
      const { status } = results.find((each) => each.control === control)!;
      expect(['pass', 'not-applicable'], `${control} at request ${from}`).not.toContain(status);
    }
  }
});

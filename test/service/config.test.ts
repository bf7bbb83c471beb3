import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { control, need } from '../../controls/control.ts';
import { pass } from '../../controls/finding.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { foundAuthority } from '../../demo/time-stamps/authority.ts';
import { Account } from '../../evidence-model/kinds.ts';
import { loadConfiguration } from '../../service/config/load.ts';
import { editorSchema } from '../../service/config/schema.ts';
import { plain } from '../scheduler/support.ts';

const ageControl = control({
  id: 'keys-young',
  severity: 'low',
  assertion: 'Every key is young.',
  board: '',
  remedy: '',
  collectors: ['plain'],
  population: 'keys',
  parameters: z.object({ days: z.number().int().default(90) }),
  over: need(Account, ['name']),
  related: {},
  test: () => pass(''),
});

let dir: string;
const environment: Record<string, string> = {};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'exhibit-config-'));
});

afterEach(() => rm(dir, { recursive: true }));

const head = 'organization: { name: Example Company, slug: example }\n';
const source = `sources:
  - id: plain-one
    collector: plain
    url: http://127.0.0.1:1
    token: { file: secrets/token }
`;

async function load(text: string, files: Readonly<Record<string, string>> = {}, collector = plain) {
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content);
  const path = join(dir, 'exhibit.yaml');
  await writeFile(path, text);
  return loadConfiguration(path, { collectors: [collector], controls: [ageControl], environment });
}

async function refusal(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const error: unknown = await load(text, files).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorError);
  const { message } = error as OperatorError;
  expect(message).not.toContain('\n');
  return message;
}

describe('a configuration', () => {
  test('needs little: the rest has its place beside the file', async () => {
    const { paths, timetable, setup } = await load(head);
    expect(paths).toEqual({
      vault: join(dir, 'vault'),
      keys: join(dir, 'keys'),
      trust: join(dir, 'trust'),
      packets: join(dir, 'packets'),
      state: join(dir, 'state'),
    });
    expect(timetable).toEqual({
      daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' },
      graceMinutes: 360,
    });
    expect(setup.sources).toEqual([]);
  });

  test('is loaded without its secrets, which are read when they are asked for', async () => {
    const { setup } = await load(head + source);
    expect(setup.sources[0]!.scope).toEqual({ url: 'http://127.0.0.1:1' });
    await expect(setup.sources[0]!.settings()).rejects.toThrow(
      /^source plain-one: the secret file .*secrets\/token cannot be read \(ENOENT\)/,
    );
    await writeFile(join(dir, 'token'), 'plain-token\n');
    const again = await load(head + source.replace('secrets/token', 'token'));
    expect(await again.setup.sources[0]!.settings()).toEqual({
      url: 'http://127.0.0.1:1',
      token: 'plain-token',
    });
  });

  test('takes a secret from the environment, and says which variable is not set', async () => {
    const { setup } = await load(head + source.replace('{ file: secrets/token }', '{ env: PLAIN_TOKEN }'));
    await expect(setup.sources[0]!.settings()).rejects.toThrow(/environment variable PLAIN_TOKEN is not set/);
    environment['PLAIN_TOKEN'] = 'from-environment';
    expect(await setup.sources[0]!.settings()).toMatchObject({ token: 'from-environment' });
  });

  test('may name files for exceptions, systems and policy', async () => {
    const { setup } = await load(`${head}exceptions: e.yaml\nsystems: s.yaml\npolicy: p.yaml\n`, {
      'e.yaml':
        '[{ id: e1, control: keys-young, subjects: [k], class: legacy, owner: Ada, approver: Bo, reason: r, safeguard: { text: t }, start: 2026-01-01, end: 2026-02-01 }]',
      's.yaml': '[{ id: okta, name: Okta, state: not-read, declaredBy: Ada, declaredOn: 2026-01-01 }]',
      'p.yaml': 'controls: { keys-young: { days: 30 } }',
    });
    expect(setup.exceptions[0]!.id).toBe('e1');
    expect(setup.systems[0]!.state).toBe('not-read');
    expect(setup.policy.controls['keys-young']).toEqual({ days: 30 });
  });
});

describe('what is wrong is told in one sentence, with its line', () => {
  test.each([
    [
      'an unknown setting',
      `${head}vualt: ./x\n`,
      'exhibit.yaml line 2: vualt: there is no setting of this name',
    ],
    [
      'an unknown setting of a source',
      `${head}${source}    tokn: x\n`,
      'exhibit.yaml line 7: sources[0].tokn: there is no setting of this name',
    ],
    [
      'a system that is declared absent and connected',
      `${head}systems:\n  - { id: plain, name: Plain, collector: plain, state: absent, declaredBy: Ada, declaredOn: 2026-01-01 }\n${source}`,
      'exhibit.yaml line 3: systems[0].state: it cannot be absent: source plain-one is connected to it',
    ],
    [
      'a missing setting',
      source,
      'exhibit.yaml line 1: organization: Invalid input: expected object, received undefined',
    ],
    [
      'a missing setting of a source',
      `${head}sources:\n  - id: a\n    collector: plain\n    token: { env: X }\n`,
      'exhibit.yaml line 3: sources[0].url: Invalid input: expected string, received undefined',
    ],
    [
      'an unknown collector',
      `${head}sources:\n  - { id: a, collector: gitlab }\n`,
      'exhibit.yaml line 3: sources[0].collector: there is no collector gitlab; there are plain',
    ],
    [
      'two sources of one name',
      head + source + source.replace('sources:\n', ''),
      'exhibit.yaml line 7: sources[1].id: there are two sources plain-one',
    ],
    [
      'a time that is none',
      `${head}schedule: { at: '25:00' }\n`,
      'exhibit.yaml line 2: schedule.at: must be a time of day such as 02:30',
    ],
    [
      'a place that is none',
      `${head}schedule: { timeZone: Europe/Atlantis }\n`,
      'exhibit.yaml line 2: schedule.timeZone: must be a time zone such as UTC or Europe/Warsaw',
    ],
    [
      'an unknown control in the policy',
      `${head}policy: { controls: { nothing: {} } }\n`,
      'exhibit.yaml line 2: policy.controls.nothing: there is no control of this name',
    ],
    [
      'an unknown parameter',
      `${head}policy:\n  controls:\n    keys-young: { day: 3 }\n`,
      'exhibit.yaml line 4: policy.controls.keys-young.day: there is no setting of this name',
    ],
    [
      'a setting twice',
      `${head}vault: a\nvault: b\n`,
      'exhibit.yaml line 3: this is not YAML: this setting is there twice',
    ],
    ['an empty file', '', 'exhibit.yaml line 1: Invalid input: expected object, received null'],
  ])('%s', async (_, text, wanted) => {
    expect(await refusal(text)).toBe(wanted);
  });

  test('text that is not YAML', async () => {
    expect(await refusal(`${head}a: [1\n`)).toMatch(/^exhibit\.yaml line \d: this is not YAML: /);
  });

  test('a file that is not there', () => {
    expect(() =>
      loadConfiguration(join(dir, 'none.yaml'), { collectors: [], controls: [], environment }),
    ).toThrow(/none\.yaml cannot be read \(ENOENT\): name it with --config, or make one with exhibit init$/);
  });

  test('what is wrong in a file that it names', async () => {
    expect(await refusal(`${head}exceptions: e.yaml\n`, { 'e.yaml': '- { id: e1 }\n' })).toMatch(
      /^e\.yaml line 1: \[0\]\.control: .* \(and \d more\)$/,
    );
  });

  test('an exception to a control that does not exist, or that ends before it starts', async () => {
    const exception = (control: string, end: string) =>
      `${head}exceptions:\n  - { id: e1, control: ${control}, subjects: [k], class: c, owner: o, approver: a, reason: r, safeguard: { text: t }, start: 2026-01-02, end: ${end} }\n`;
    expect(await refusal(exception('nothing', '2026-02-01'))).toContain(
      'exceptions[0].control: there is no control nothing',
    );
    expect(await refusal(exception('keys-young', '2026-01-01'))).toContain('cannot end before it starts');
  });
});

describe('a secret in the file', () => {
  test('is refused where a secret is due, without being repeated', async () => {
    const message = await refusal(head + source.replace('{ file: secrets/token }', 'hunter2'));
    expect(message).toBe(
      'exhibit.yaml line 6: sources[0].token: this is a secret and must not stand here; write { env: NAME } or { file: path } and keep it there',
    );
  });

  test.each([
    ['a GitHub token', ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_')],
    ['a fine-grained GitHub token', ['github', 'pat', '11ABCDEFG0123456789abcdef'].join('_')],
    ['an AWS secret access key', ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')],
    ['a private key', '-----BEGIN PRIVATE KEY-----'],
    ['an address with a password', 'http://user:pass@proxy.example.com'],
  ])('is refused wherever it stands: %s', async (_, secret) => {
    const message = await refusal(`${head}vault: ./vault\nkeys: ${JSON.stringify(secret)}\n`);
    expect(message).toMatch(/^exhibit\.yaml line 3: this looks like a secret/);
    expect(message).not.toContain(secret);
  });

  const secret = 'Abc8Q~Secret';
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e'].map((name, n) => {
      const before = 'abcd'[n] ?? '';
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
    }),
  ].join('\n');
  test.each([
    [
      'as a tag',
      `clientSecret: !${secret}`,
      'line 2: this is not YAML: a value that begins with ! must be quoted',
    ],
    [
      'as a reference',
      'clientSecret: *Abc8Q',
      'line 2: this refers to something that is not there; quote a value that begins with *',
    ],
    [
      'in an unfinished quote',
      `clientSecret: "${secret}`,
      'line 3: this is not YAML: a bracket, a quote or a comma is missing',
    ],
    [
      'under a text',
      `title: Our source\n  token: ${secret}`,
      'line 2: this is not YAML: a setting with values below it cannot stand here',
    ],
    [
      'folded into a text',
      `title: Our source\n  token ${secret}`,
      'line 2: the next line is read as a part of this text; indent it as a setting, or quote the text',
    ],
    [
      'behind a text in a list',
      `systems:\n  - title\n    token:${secret}`,
      'line 3: the next line is read as a part of this text; indent it as a setting, or quote the text',
    ],
    ['beside a bomb', bomb, 'line 1: it refers to itself too often; write out what it refers to'],
  ])('is not repeated where YAML reads it otherwise: %s', async (_, text, wanted) => {
    const message = await refusal(`${head}${text}\n`);
    expect(message).toBe(`exhibit.yaml ${wanted}`);
    expect(message).not.toContain('Abc8Q');
  });

  test('may not be a reference with more in it', async () => {
    expect(await refusal(head + source.replace('{ file: secrets/token }', '{ file: a, env: B }'))).toContain(
      'this is a secret',
    );
  });
});

test('an opt-in and the setting without which it cannot be read come together or not at all', async () => {
  const needy = { ...plain, optInNeeds: { enterprise: 'url' } };
  await expect(load(`${head}${source}`, {}, needy)).rejects.toThrow(
    '`also: [enterprise]` and the setting `url` belong together: give both or neither',
  );
  expect((await load(`${head}${source}    also: [enterprise]\n`, {}, needy)).setup.sources).toHaveLength(1);
});

test('editors are told where a secret is only pointed at, and which settings a source has', () => {
  const schema = JSON.stringify(editorSchema([plain]));
  expect(schema).toContain('"const":"plain"');
  expect(schema).toContain('never the secret itself');
  expect(schema).not.toContain('"secret":true');
});

describe('who stamps', () => {
  const one = "{ id: one, url: 'http://127.0.0.1:1/tsa', roots: one.pem }";

  test('is nobody, one or two, known by certificates of their own', async () => {
    expect(await (await load(head)).timeStamps()).toEqual([]);
    const { timeStamps } = await load(
      `${head}timeStamps: [{ id: one, url: 'https://tsa.example', roots: one.pem, policy: 1.2.3 }]\n`,
      {
        'one.pem': foundAuthority(new Date()).root.pem,
      },
    );
    expect(await timeStamps()).toMatchObject([
      { id: 'one', url: new URL('https://tsa.example'), policy: '1.2.3' },
    ]);
  });

  test.each([
    [
      'an unknown setting',
      one.replace('roots', 'root'),
      /timeStamps\[0\]\.root: there is no setting of this name/,
    ],
    ['a name for no file', one.replace('one,', 'One/..,'), /timeStamps\[0\]\.id/],
    ['an address of another kind', one.replace('http', 'ftp'), /timeStamps\[0\]\.url/],
    ['a policy that is none', one.replace('}', ', policy: fast }'), /an object identifier such as 1\.2\.3/],
    ['two of one name', `${one}, ${one}`, /timeStamps\[1\]\.id: there are two authorities one/],
    ['more than two', `${one}, ${one}, ${one}`, /timeStamps/],
  ])('refuses %s', async (_, list, wanted) => {
    expect(await refusal(`${head}timeStamps: [${list}]\n`)).toMatch(wanted);
  });
});

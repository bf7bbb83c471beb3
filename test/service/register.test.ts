import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { planOf } from '../../scheduler/plan.ts';
import { loadConfiguration } from '../../service/config/load.ts';
import { plain } from '../scheduler/support.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'exhibit-register-'));
});

afterEach(() => rm(dir, { recursive: true }));

const head = `organization: { name: Example Company, slug: example }
sources:
  - { id: plain-one, collector: plain, url: http://127.0.0.1:1, token: { file: secrets/token } }
`;
const ada = (id: string, account: string) =>
  `{ id: ${id}, name: Ada Example, accounts: [{ source: plain-one, account: ${account} }], linkedBy: Bo Example, linkedOn: 2026-01-01 }`;
const robot = (id: string, account: string) =>
  `{ id: ${id}, purpose: Builds, owner: ada, accounts: [{ source: plain-one, account: ${account} }], declaredBy: Bo Example, declaredOn: 2026-01-01 }`;
const leavers =
  'leavers: { file: left.csv, exportedBy: Bo Example, exportedOn: 2026-01-31, system: Payroll, filter: all }\n';

async function load(text: string, files: Readonly<Record<string, string>> = {}) {
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content);
  const path = join(dir, 'exhibit.yaml');
  await writeFile(path, head + text);
  return loadConfiguration(path, { collectors: [plain], controls: [], environment: {} }).setup;
}

async function refusal(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const error: unknown = await load(text, files).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message.replaceAll(dir, '');
}

test('what the company says of people is pinned in the plan of a slot', async () => {
  const setup = await load(`people: people.yaml\nservices:\n  - ${robot('robot', 'r')}\n${leavers}`, {
    'people.yaml': `- ${ada('ada', 'a')}\n`,
    'left.csv': '\uFEFFaccount,left_on\r\n"eve@example.com",2026-01-15\r\n',
  });
  const { register } = planOf(setup);
  expect(register).toMatchObject({
    people: [{ id: 'ada', linkedBy: 'Bo Example' }],
    services: [{ id: 'robot', owner: 'ada' }],
    leavers: {
      system: 'Payroll',
      exportedOn: '2026-01-31',
      people: [{ account: 'eve@example.com', leftOn: '2026-01-15' }],
    },
  });
});

test('without a list nobody is known to have left', async () => {
  expect(planOf(await load('')).register).toEqual({
    people: [],
    services: [],
    federations: [],
    leavers: null,
  });
});

test('an account is written down once, under one id, of a source that there is', async () => {
  expect(await refusal(`people:\n  - ${ada('ada', 'a')}\n  - ${ada('bo', 'A')}\n`)).toBe(
    'exhibit.yaml line 6: people[1].accounts[0]: A of plain-one is written down as that of ada already',
  );
  expect(await refusal(`people:\n  - ${ada('ada', 'a')}\nservices:\n  - ${robot('ada', 'r')}\n`)).toBe(
    'exhibit.yaml line 7: services[0].id: there are two people or services ada',
  );
  expect(await refusal(`people:\n  - ${ada('ada', 'a').replace('plain-one', 'plain-two')}\n`)).toBe(
    'exhibit.yaml line 5: people[0].accounts[0].source: there is no source plain-two',
  );
});

test.each([
  ['another header', 'name,left_on\nada,2026-01-15\n', '/left.csv must begin with the line account,left_on'],
  ['no date', 'account,left_on\nada,15.1.2026\n', '/left.csv, row 2: left_on has not its form'],
  [
    'an empty name',
    'account,left_on\nada,2026-01-15\n,2026-01-15\n',
    '/left.csv, row 3: account has not its form',
  ],
  ['a row that is too long', 'account,left_on\nada,2026-01-15,x\n', /^\/left\.csv is no table .*: CSV_/],
  ['nothing', '', '/left.csv must begin with the line account,left_on'],
])('a list of leavers with %s is refused', async (_, text, what) => {
  const message = await refusal(leavers, { 'left.csv': text });
  if (typeof what === 'string') expect(message).toBe(what);
  else expect(message).toMatch(what);
});

test('a list that is not there is refused', async () => {
  expect(await refusal(leavers)).toBe(
    'the list of leavers /left.csv cannot be read: mend leavers in the configuration',
  );
});

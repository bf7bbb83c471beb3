import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import type { PersonalData } from '../../collectors/dataset.ts';
import type { HttpReply, HttpRequest } from '../../demo/http.ts';
import type { Demo } from '../../demo/index.ts';
import { selfSigned } from '../../demo/microsoft365/certificate.ts';
import type { FaultRule } from '../../demo/misbehave.ts';
import { judge } from '../../exports/judge.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { openArchive } from '../../vault/files.ts';
import { badges, holders } from '../plugin/badges.ts';
import { exhibit as exhibitHere } from '../service/support.ts';
import { exhibit, folderFor, run, said } from './process.ts';
import { startSpotless } from './spotless.ts';

/*
 * Everything secret that there is, in the configuration, on the way and in answers, is looked for in everything that
 * Exhibit leaves behind: the vault with its bodies unpacked, packets, what it prints, what it answers.
 */
const now = new Date();
let demo: Demo;
let dir: string;
/** What must be found nowhere, by what it is. */
const secrets = new Map<string, string>();
/** What was printed and answered, by where. */
const told = new Map<string, string>();

const config = () => ['--config', join(dir, 'exhibit.yaml')];

/** Runs a command as its user would; whatever becomes of it, it is looked through. */
async function tell(...args: string[]): Promise<number | null> {
  const { code, output } = await run([...args, ...config()]);
  told.set(`${told.size}: exhibit ${args.join(' ')}`, output);
  return code;
}

/** Takes down what proves who asks, and what proves it from then on. */
function see({ headers, body }: HttpRequest, reply: HttpReply): void {
  const keep = (what: string, value: unknown) => {
    if (typeof value === 'string' && value !== '') secrets.set(`${what} ${secrets.size}`, value);
  };
  keep('bearer', /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]);
  keep('signature', /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1]);
  keep('session token', headers['x-amz-security-token']);
  const form = new URLSearchParams(body.toString());
  for (const name of ['client_secret', 'client_assertion']) keep(name, form.get(name));
  keep('access token', /"access_token":"([^"]+)"/.exec(reply.body)?.[1]);
  for (const name of ['SecretAccessKey', 'SessionToken'])
    keep(name, new RegExp(`<${name}>([^<]+)`).exec(reply.body)?.[1]);
}

function plant(rules: readonly FaultRule[]): void {
  for (const { server } of [demo.github, demo.microsoft365, demo.aws]) {
    server.faults.clear();
    server.faults.add({ fault: { kind: 'watch', see } });
    for (const rule of rules) server.faults.add(rule);
  }
}

/** The last 32 bytes of an Ed25519 key are its secret: https://www.rfc-editor.org/rfc/rfc8410#section-7 */
async function keysIn(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.pem'))) {
    const [, coded = ''] = /-----BEGIN PRIVATE KEY-----\n([^-]+)\n-----/.exec(
      await readFile(join(folder, name), 'utf8'),
    )!;
    secrets.set(`key ${name} as it is written`, coded.slice(-40));
    for (const coding of ['hex', 'base64', 'latin1'] as const)
      secrets.set(`key ${name} ${coding}`, Buffer.from(coded, 'base64').subarray(-32).toString(coding));
  }
}

beforeAll(async () => {
  demo = await startSpotless({ now, clock: () => new Date() });
  dir = await folderFor(demo, now, 'standard');
  secrets.set('GitHub token', demo.github.token);
  secrets.set(
    'key of the GitHub App',
    demo.github.app.privateKey.trim().split('\n').slice(1, -1).at(-2) ?? '',
  );
  secrets.set('client secret', demo.microsoft365.clientSecret);
  secrets.set('secret access key', demo.aws.secretAccessKey);
  plant([]);
});

afterAll(async () => {
  await demo.close();
  await rm(dir, { recursive: true });
});

/** Every file below a folder, as it is and unpacked. */
async function* contentsOf(folder: string): AsyncIterable<readonly [string, Buffer]> {
  for (const name of (await readdir(folder, { recursive: true })).map(String)) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    const bytes = await readFile(path);
    yield [name, bytes];
    if (name.endsWith('.gz')) yield [`${name} unpacked`, gunzipSync(bytes)];
    if (!name.endsWith('.zip')) continue;
    const zip = await ZipReader.open(path);
    for (const entry of zip.paths) {
      const inner = await zip.read(entry);
      yield [`${name}: ${entry}`, inner];
      if (entry.endsWith('.gz')) yield [`${name}: ${entry} unpacked`, gunzipSync(inner)];
    }
    await zip.close();
  }
}

/** As it is and in every way in which something may have been written along. */
function writtenAs(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll('/', '\\/'),
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ]),
  ];
}

async function leaksIn(folder: string, found: ReadonlyMap<string, string>): Promise<string[]> {
  const words = [...found].flatMap(([what, secret]) =>
    writtenAs(secret).map((word) => [what, word] as const),
  );
  const leaks: string[] = [];
  let looked = 0;
  const look = (where: string, bytes: Buffer) => {
    looked += 1;
    const text = bytes.toString('latin1');
    for (const [what, word] of words) if (text.includes(word)) leaks.push(`${what} in ${where}`);
  };
  for await (const [where, bytes] of contentsOf(folder))
    // Where secrets lie on purpose: the customer's own files, and the keys that sign.
    if (!/^(secrets|keys)\//.test(where)) look(where, bytes);
  for (const [where, text] of told) look(where, Buffer.from(text));
  process.stdout.write(
    `| canaries | ${found.size} secrets in ${words.length} spellings | ${looked} texts | ${leaks.length} leaks |\n`,
  );
  return leaks;
}

/** Categories of `PersonalData` and how the demo's values of them are known. */
function valuesOf(): Readonly<Record<PersonalData, readonly string[]>> {
  const { github, microsoft365, aws } = demo.company;
  const { users } = microsoft365;
  const people = github.organizations.flatMap(({ members, outsideCollaborators }) => [
    ...members,
    ...outsideCollaborators,
  ]);
  return {
    'account names': [
      ...people.map(({ login }) => `"${login}"`),
      ...users.map(({ userPrincipalName }) => userPrincipalName),
      ...aws.accounts.flatMap((account) => account.users.map(({ name }) => `user/${name}`)),
    ],
    'e-mail addresses': [...users.map(({ mail }) => mail), ...aws.accounts.map(({ email }) => email)],
    'names of people': users.map(({ displayName }) => `"${displayName}"`),
    'IP addresses': ['192.0.2.', '198.51.100.', '203.0.113.'],
    pictures: people.map(({ id }) => `/avatars/u/${id}?`),
    'departments and job titles': users.flatMap(({ department, jobTitle }) =>
      [department, jobTitle].flatMap((text) => (text === null ? [] : [`"${text}"`])),
    ),
    'times of use': ['password_last_used', 'ConsoleLogin', 'PasswordLastUsed'],
  };
}

test(
  'a night, nights of refusals that repeat all they were told, packets and a service tell no secret',
  { timeout: 300_000 },
  async () => {
    await tell('init');
    expect(await tell('doctor'), JSON.stringify([...told].at(-1))).toBe(0);
    expect(await tell('collect'), JSON.stringify([...told].at(-1))).toBe(0);

    // Another way of signing in, and a source that says again what it hears, to those who sign in too.
    const made = await selfSigned(new Date(), 'rsa');
    await writeFile(join(dir, 'secrets', 'key.pem'), made.key, { mode: 0o600 });
    await writeFile(join(dir, 'secrets', 'certificate.pem'), made.cert);
    demo.company.microsoft365.applications[0]!.certificate = made.cert;
    const plain = parse(await readFile(join(dir, 'exhibit.yaml'), 'utf8')) as {
      sources: { collector: string; credential?: object }[];
    };
    for (const source of plain.sources)
      if (source.collector === 'microsoft365')
        source.credential = {
          privateKey: { file: 'secrets/key.pem' },
          certificate: { file: 'secrets/certificate.pem' },
        };
    await writeFile(join(dir, 'exhibit.yaml'), stringify(plain));
    for (const line of made.key.split('\n').slice(2, -3)) secrets.set(`private key ${secrets.size}`, line);
    expect(await tell('collect')).toBe(0);

    const reads = { path: /^(?!.*\/token$)/, operation: /^(?!sts\/)/ };
    for (const status of [200, 400, 401, 403]) {
      plant([{ match: reads, fault: { kind: 'echo', status } }]);
      expect(await tell('collect')).toBe(3);
    }
    plant([{ fault: { kind: 'echo', status: 401 } }]);
    expect(await tell('collect')).toBe(3);
    expect(await tell('doctor')).not.toBe(0);
    plant([]);
    expect(await tell('collect')).toBe(0);
    for (const profile of ['soc2-type1', 'insurer', 'insurer-private']) await tell('packet', profile);
    for (const what of ['results', 'datasets']) {
      await tell('show', what);
      await tell('show', what, '--json');
    }

    const serving = exhibit(['serve', '--listen', '127.0.0.1:0', ...config()]);
    const url = (await said(serving, /listening at (http:\S+)/)).replace(/^.* /, '');
    const token = (await said(serving, /shown this once: (\S+)/)).replace(/^.* /, '');
    for (const authorization of [`Bearer ${token}`, `Bearer not-${token}`])
      for (const path of ['/healthz', '/api/v1/packets', `/api/v1/packets/${token}`, '/nowhere']) {
        const answer = await fetch(url + path, { headers: { authorization } });
        told.set(`${told.size}: ${path}`, `${JSON.stringify([...answer.headers])} ${await answer.text()}`);
      }
    serving.kill('SIGTERM');
    await serving.ended;
    // It is printed once, for whoever must have it; its hash is kept.
    const [before = '', after = '', ...others] = serving.output().split(token);
    expect(others).toEqual([]);
    told.set('serve', before + after);
    secrets.set('token of the service', token);

    await keysIn(join(dir, 'keys'));
    expect([...secrets.keys()].filter((what) => what.startsWith('key ')).length).toBeGreaterThan(0);
    expect(await leaksIn(dir, secrets)).toEqual([]);
  },
);

test('what a configuration gives away by mistake is not repeated', async () => {
  const own = await mkdtemp(join(tmpdir(), 'exhibit-canary-'));
  onTestFinished(() => rm(own, { recursive: true }));
  const canary = 'ghp_canary0123456789canary0123456789';
  const source = (more: string) =>
    `organization: { name: X, slug: x }\nsources:\n  - { id: g, collector: github, organization: x, ${more} }\n`;
  const wrong = [
    source(`token: ${canary}`),
    source(`token: { env: ${canary} }, url: 'https://me:${canary}@example.com'`),
    source(`token: { file: ${canary}: x }`),
    source(`token: { file: /dev/null }, secret: ${canary}`),
    `${canary}: [`,
  ];
  for (const [n, text] of wrong.entries()) {
    await writeFile(join(own, `${n}.yaml`), text);
    const { code, output } = await run(['collect', '--config', join(own, `${n}.yaml`)]);
    expect(code, output).toBe(2);
    expect(output).not.toContain(canary);
  }
});

describe('what sources give away', () => {
  test('is blanked where a dataset says that it is secret, before it is kept', async () => {
    const own = await mkdtemp(join(tmpdir(), 'exhibit-withheld-'));
    const server = createServer((_, response) =>
      response.setHeader('set-cookie', 'session=canary-cookie-0123456789').end(
        JSON.stringify({
          holders: [
            {
              id: '1',
              name: 'Ada',
              pin: true,
              secret: 'canary-of-secret-scanning',
              environment: { KEY: 'canary-of-a-function', OTHER: 'canary-of-another' },
              phone: '+1 555 010 canary',
            },
          ],
        }),
      ),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      server.close();
      await rm(own, { recursive: true });
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const kept = {
      ...holders,
      secrets: ['/holders/*/secret', '/holders/*/environment/*', '/holders/*/phone'],
    };
    const registry = { collectors: [...collectors, { ...badges, datasets: [kept] }] };
    await writeFile(
      join(own, 'exhibit.yaml'),
      `organization: { name: X, slug: x }\nsources:\n  - { id: door, collector: badges, url: '${url}' }\n`,
    );
    const ran = await exhibitHere(own, ['collect'], registry);
    expect(ran.code, ran.stderr).toBe(0);
    const texts = [ran.stdout, ran.stderr];
    for await (const [, bytes] of contentsOf(own)) texts.push(bytes.toString());
    expect(texts.join('\n')).not.toMatch(/canary/);
    expect(texts.join('\n')).toContain('[withheld by Exhibit]');
  });

  test('about people stays in the artifacts of the datasets that say so, and in no others', async () => {
    const archive = await openArchive(join(dir, 'vault'));
    const { datasets } = await judge(archive);
    const values = Object.entries(valuesOf()) as [PersonalData, readonly string[]][];
    const held: string[] = [];
    for (const { dataset, snapshot } of datasets) {
      const declared = collectors.flatMap((each) => each.datasets).find(({ id }) => id === dataset)!.personal;
      const pages = await Promise.all((snapshot?.pages ?? []).map((page) => archive.get(page)));
      const text = pages.map((page) => Buffer.from(page).toString()).join('\n');
      const decoded =
        text +
        [...text.matchAll(/<Content>([^<]+)/g)]
          .map(([, coded = '']) => Buffer.from(coded, 'base64').toString())
          .join('\n');
      expect(decoded, `${dataset}: telephone numbers`).not.toContain('+1 555 010');
      const found = values
        .filter(([, each]) => each.some((value) => decoded.includes(value)))
        .map(([what]) => what);
      expect({ dataset, undeclared: found.filter((what) => !declared.includes(what)) }).toEqual({
        dataset,
        undeclared: [],
      });
      if (declared.length > 0) held.push(`| ${dataset} | ${declared.join(', ')} |`);
    }
    process.stdout.write(
      `| dataset | what its artifacts hold about people |\n|---|---|\n${held.join('\n')}\n`,
    );
    expect(held.length).toBeGreaterThan(10);
  });
});

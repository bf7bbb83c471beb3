import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { beyondReading } from '../collectors/microsoft365/granted.ts';
import { grants } from '../collectors/microsoft365/grants.ts';
import { microsoft365 } from '../collectors/microsoft365/index.ts';

const run = promisify(execFile);
const [tenant, app] = ['2f6c0f9e-0000-4000-8000-000000000001', '2f6c0f9e-0000-4000-8000-000000000002'];

/** Stands where Azure CLI would: it notes what it is told, and a tenant that lacks `missing` has every other permission. */
const az = (missing: string) => `#!/bin/sh
printf '%s\\n' "$*" >>"$NOTES"
case "$*" in
  'account show'*) echo ${tenant} ;;
  'ad app create'*) echo ${app} ;;
  *"'${missing}'"*) ;;
  'ad sp show'*) echo "id-of-$(printf '%s' "$*" | sed "s/.*value=='\\([^']*\\)'.*/\\1/")" ;;
esac
`;

async function scripted(missing = 'none') {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-az-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const notes = join(dir, 'notes');
  await writeFile(join(dir, 'az'), az(missing), { mode: 0o755 });
  const content = grants(microsoft365.datasets)[0]?.content;
  if (typeof content !== 'string') throw new Error('it is no script');
  await writeFile(join(dir, 'script'), content);
  const env = { PATH: `${dir}:/usr/bin:/bin`, NOTES: notes };
  const ran = await run('sh', [join(dir, 'script')], { env }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  return { ...ran, told: (await readFile(notes, 'utf8')).trimEnd().split('\n') };
}

const ofGraph = microsoft365.datasets.filter(({ tier }) => tier !== 'dns' && tier !== 'exchange');
const declared = [...new Set(ofGraph.flatMap(({ permissions }) => permissions))].sort();

test('the script asks for the permissions that datasets declare, by the ids of the tenant, and for no other', async () => {
  const { code, stdout, told } = await scripted();
  expect(code).toBe(0);
  const added = told.flatMap((line) => /--api-permissions (\S+)=Role\b/.exec(line)?.[1] ?? []);
  expect(added).toEqual(declared.map((name) => `id-of-${name}`));
  expect(
    told.filter(
      (line) =>
        !/^(account show|ad app create|ad sp (show|create)|ad app permission add|ad app credential reset)\b/.test(
          line,
        ),
    ),
  ).toEqual([]);
  expect(
    told
      .filter((line) => line.includes('permission add'))
      .every((line) => line.includes('--api 00000003-0000-0000-c000-000000000000 ')),
  ).toBe(true);
  expect(stdout).toBe(
    `clientId: ${app}\nconsent:  https://login.microsoftonline.com/${tenant}/adminconsent?client_id=${app}\n`,
  );
});

test('where the tenant lacks one the script ends before anything is printed that looks done', async () => {
  const { code, stdout, stderr } = await scripted('Domain.Read.All');
  expect([code, stdout, stderr]).toEqual([1, '', 'this tenant has no Domain.Read.All\n']);
});

test('no permission that is asked for does more than read', () => {
  const token = `e30.${Buffer.from(JSON.stringify({ roles: declared })).toString('base64url')}.x`;
  expect(beyondReading(token)).toEqual([]);
});

test('what is no name of a permission never comes into a script', () => {
  const [first] = microsoft365.datasets;
  expect(() => grants([{ ...first!, permissions: ["x'; rm -rf /; '"] }])).toThrow('is not the name');
});

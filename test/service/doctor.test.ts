import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(() => server.close());

describe('permissions', () => {
  test('are those that the datasets declare, each with what it is for', async () => {
    const { stdout, code } = await exhibit('/', ['permissions', 'plain', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      collector: 'plain',
      permissions: [
        { permission: 'Log: read', datasets: ['plain/sign-ins'] },
        { permission: 'Owners: read', datasets: ['plain/owners'] },
        { permission: 'Things: read', datasets: ['plain/things'] },
      ],
      personal: { 'plain/things': [], 'plain/owners': ['account names'], 'plain/sign-ins': [] },
    });
  });

  test('of AWS are also a policy of exactly these actions', async () => {
    const { stdout } = await exhibit('/', ['permissions', 'aws', '--json'], { collectors: null });
    const { permissions, policy } = JSON.parse(stdout) as {
      permissions: { permission: string }[];
      policy: { Statement: { Action: string[] }[] };
    };
    const [statement] = policy.Statement;
    expect(statement!.Action).toEqual(permissions.map(({ permission }) => permission));
    expect(statement!.Action).toContain('iam:GetCredentialReport');
    expect(statement!.Action.join(' ')).not.toMatch(/\*|:(Put|Create|Delete|Update|Attach)/);
  });
});

describe('doctor', () => {
  test('says that all is well, keeps nothing, and ends with 0', async () => {
    const dir = await configured(server.url);
    const { code, stdout } = await exhibit(dir, ['doctor', '--json']);
    expect(code).toBe(0);
    const said = JSON.parse(stdout) as {
      datasets: { state: string }[];
      controls: { control: string; because: string[] }[];
    };
    expect(said.datasets.map(({ state }) => state)).toEqual(['readable', 'readable', 'readable']);
    expect(said.controls).toContainEqual({
      control: 'root-keys-none',
      because: ['no aws source is configured'],
    });
    expect((await readdir(dir)).toSorted()).toEqual(['exhibit.yaml', 'secrets']);
  });

  test('says what to grant, what was not tried for want of it, and ends with 3', async () => {
    const dir = await configured(server.url);
    server.denied.add('/things');
    const { code, stdout } = await exhibit(dir, ['doctor']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/plain\/things +needs permission +answered 403 \(grant: Things: read\)/);
    expect(stdout).toMatch(/plain\/owners +not tried/);
  });

  test('tells a secret that is missing, and a vault that cannot be opened', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['init']);
    await rm(join(dir, 'secrets'), { recursive: true });
    await rm(join(dir, 'keys'), { recursive: true });
    const { code, stdout } = await exhibit(dir, ['doctor']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/vault +not well +.*log\.pem|vault +not well +.*origin/);
    expect(stdout).toContain('the secret file');
  });
});

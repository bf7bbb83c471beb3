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
      consent: 'standard',
      also: [],
      permissions: [
        { permission: 'Log: read', tier: 'standard', datasets: ['plain/sign-ins'] },
        { permission: 'Owners: read', tier: 'standard', datasets: ['plain/owners'] },
        { permission: 'Things: read', tier: 'standard', datasets: ['plain/things'] },
      ],
      lost: [
        { consent: 'insurance-mfa', datasets: 0, controls: [] },
        { consent: 'standard', datasets: 3, controls: [] },
        { consent: 'full', datasets: 3, controls: [] },
      ],
      personal: { 'plain/things': [], 'plain/owners': ['account names'], 'plain/sign-ins': [] },
      document: null,
    });
  });

  const of = async (...args: readonly string[]) => {
    const { stdout, code } = await exhibit('/', ['permissions', ...args, '--json'], { collectors: null });
    expect(code).toBe(0);
    return JSON.parse(stdout) as {
      permissions: { permission: string; tier: string; datasets: string[] }[];
      lost: { consent: string; controls: string[] }[];
      document: Record<string, unknown>;
    };
  };

  test('of AWS are also a policy of exactly these actions', async () => {
    const { permissions, document } = await of('aws', '--consent', 'full');
    const { Statement } = document as { Statement: { Action: string[] }[] };
    const [statement] = Statement;
    expect(statement!.Action).toEqual(permissions.map(({ permission }) => permission));
    expect(statement!.Action).toContain('iam:GetCredentialReport');
    expect(statement!.Action.join(' ')).not.toMatch(/\*|:(Put|Create|Delete|Update|Attach)/);
  });

  test('of AWS are the same in every form, and fit into a role', async () => {
    const { permissions } = await of('aws', '--consent', 'full');
    const actions = permissions.map(({ permission }) => permission);
    const as = async (form: string) => {
      const { stdout, code } = await exhibit('/', ['permissions', 'aws', '--consent', 'full', '--as', form], {
        collectors: null,
      });
      expect(code).toBe(0);
      return JSON.parse(stdout) as Record<string, Record<string, Record<string, Record<string, unknown>>>>;
    };
    interface Policy {
      Statement: { Action: string | string[]; Effect: string; Resource: string }[];
    }
    const { Properties: role } = (await as('cloudformation'))['Resources']!['ReadRole'] as unknown as {
      Properties: { Policies: { PolicyDocument: Policy }[] };
    };
    const terraform = await as('terraform');
    const inline = String(terraform['resource']!['aws_iam_role_policy']!['exhibit_read']!['policy']);
    const caller = (await as('caller')) as unknown as Policy;
    for (const policy of [role.Policies[0]!.PolicyDocument, JSON.parse(inline) as Policy])
      expect(policy.Statement.map(({ Action }) => Action)).toEqual([actions]);
    expect(caller.Statement.map(({ Action }) => Action)).toEqual([actions, 'sts:AssumeRole']);
    expect(caller.Statement[1]!.Resource).toBe('arn:aws:iam::*:role/ExhibitRead');
    // All inline policies of a role together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(inline.length).toBeLessThan(10_240);
  });

  test('in a form that there is not is refused with the forms that there are', async () => {
    const { code, stderr } = await exhibit('/', ['permissions', 'aws', '--as', 'word'], { collectors: null });
    expect(code).toBe(2);
    expect(stderr).toContain('there are policy, caller, cloudformation, terraform');
  });

  test('of GitHub are also the manifest of an App, which grows with consent and never may write', async () => {
    const granted = async (...args: readonly string[]) => {
      const { document } = await of('github', ...args);
      const permitted = document['default_permissions'] as Record<string, string>;
      expect(new Set(Object.values(permitted))).toEqual(new Set(['read']));
      return Object.keys(permitted);
    };
    expect(await granted('--consent', 'insurance-mfa')).toEqual(['members', 'organization_administration']);
    const standard = await granted();
    const full = await granted('--consent', 'full');
    expect(full).toEqual(expect.arrayContaining(standard));
    expect(full.length).toBeGreaterThan(standard.length);
    expect(full).not.toContain('contents');
    expect(await granted('--consent', 'full', '--also', 'contents')).toEqual(
      [...full, 'checks', 'contents', 'statuses'].sort(),
    );
  });

  test('say which controls less consent leaves untold', async () => {
    const below = async (...args: readonly string[]) => {
      const { lost } = await of(...args);
      return Object.fromEntries(lost.map(({ consent, controls }) => [consent, controls]));
    };
    const github = await below('github');
    expect(github['insurance-mfa']).toContain('branch-protected');
    expect(github['insurance-mfa']).not.toContain('mfa-enabled-github-members');
    // What reached a branch is told to those who may read the code; who is who in an enterprise, to its owners.
    expect(github['full']).toContain('no-direct-pushes');
    expect(github['full']).toContain('mfa-gap-privileged-anywhere');
    expect((await below('github', '--also', 'contents'))['full']).not.toContain('no-direct-pushes');
    expect((await below('github', '--also', 'contents', 'enterprise'))['full']).toEqual([]);
    // Who may join a group that holds a role is standard; what follows from it is lost below.
    const microsoft365 = await below('microsoft365');
    expect(microsoft365['insurance-mfa']).toContain('mfa-gap-privileged-anywhere');
    expect(microsoft365['standard']).not.toContain('mfa-gap-privileged-anywhere');
  });

  test('a consent that there is not ends with 2', async () => {
    const { code, stderr } = await exhibit('/', ['permissions', 'github', '--consent', 'all'], {
      collectors: null,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('insurance-mfa, standard, full')]);
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

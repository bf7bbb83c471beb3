import { expect, onTestFinished, test } from 'vitest';
import { globalAdministrator } from '../controls/directory-roles.ts';
import { controls } from '../controls/index.ts';
import type { Microsoft365Model } from '../demo/microsoft365/model.ts';
import type { FaultRule } from '../demo/misbehave.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';
import { startSpotless } from './hostile/spotless.ts';

const start = new Date('2026-05-04T02:00:00Z');
const id = (n: number) => `0000000a-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** What is said of holders of roles in a tenant in which this was planted. */
async function night(plant: (model: Microsoft365Model) => void, fault?: FaultRule) {
  const clock = new Clock(start.toISOString());
  const demo = await startSpotless({ now: start, clock: clock.now, people: 40 });
  onTestFinished(() => demo.close());
  plant(demo.company.microsoft365);
  if (fault) demo.microsoft365.server.faults.add(fault);
  const source = sourcesOf(demo).get('microsoft365')!;
  const judgement = await readNight(
    { ...source, datasets: source.datasets.filter(({ tier }) => tier === 'insurance-mfa') },
    { clock, authorities: [demo.microsoft365.certificate], report: () => undefined },
  );
  const resultOf = (id: string) => judgement.results.find(({ control }) => control === id)!;
  const result = resultOf('mfa-required-admins-m365');
  const of = (assignment: string) => result.verdicts.find(({ subject }) => subject === assignment);
  const recordsOf = (dataset: string) =>
    [...(judgement.datasets.find((each) => each.dataset === dataset)?.snapshot?.records() ?? [])].map(
      ({ data }) => data,
    );
  return { result, resultOf, of, recordsOf };
}

const assigned = (
  n: number,
  principal: Microsoft365Model['assignments'][number]['principal'],
  scope = '/',
): Microsoft365Model['assignments'][number] => ({
  id: `planted-${n}`,
  role: globalAdministrator,
  scope,
  principal,
});

/** A chain of groups five deep that leads back to its head; whoever is in the last is in the first. */
function nest(model: Microsoft365Model, people: readonly string[]): string {
  const [group] = model.groups;
  for (let n = 0; n < 5; n += 1)
    model.groups.push({
      ...group!,
      id: id(n),
      name: `Level ${n}`,
      assignableToRoles: n === 0,
      dynamic: false,
      users: n === 4 ? [...people] : [],
      groups: [id((n + 1) % 5)],
    });
  return id(0);
}

test('whoever holds a role by way of a group five deep that leads in a circle is looked at', async () => {
  let deep = '';
  const { of, recordsOf } = await night((model) => {
    deep = model.users[30]!.id;
    const group = nest(model, [deep]);
    model.assignments.push(assigned(1, { type: 'group', id: group, displayName: 'Level 0' }));
    for (const policy of model.policies) policy.exclude = { users: [deep] };
  });
  expect(of('planted-1')).toMatchObject({ status: 'fail' });
  expect(of('planted-1')?.reason).toContain(`${deep}, who holds it by way of the group`);
  const people = recordsOf('microsoft365/role-assignable-group-members').filter(
    ({ accountType }) => accountType === 'user',
  );
  expect(people.filter(({ group }) => group === id(0)).map(({ account }) => account)).toEqual([deep]);
});

test('a guest, an application and one whose role reaches a part of the directory each have a verdict or a reason', async () => {
  const { of } = await night((model) => {
    const guest = model.users.find((user) => user.guest)!;
    const member = model.users[20]!;
    const program = model.programs.find(({ name }) => name === 'Deployment pipeline')!;
    for (const policy of model.policies) {
      if (policy.name === 'Require MFA for everyone') policy.state = 'disabled';
      if (policy.name === 'Require MFA outside the office') policy.exceptAt = ['AllTrusted'];
    }
    model.assignments.push(
      assigned(1, { type: 'user', id: guest.id, displayName: guest.displayName }),
      assigned(2, { type: 'servicePrincipal', id: program.id, displayName: program.name }),
      assigned(
        3,
        { type: 'user', id: member.id, displayName: member.displayName },
        `/administrativeUnits/${id(9)}`,
      ),
    );
  });
  expect(of('planted-1')).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(/^Require MFA/) as string,
  });
  expect(of('planted-2')).toMatchObject({
    status: 'not-applicable',
    reason: 'a program holds the role, and nobody else',
  });
  // Policies that name roles do not see one that reaches a part alone.
  expect(of('planted-3')).toMatchObject({
    status: 'fail',
    reason: 'no enabled policy asks for a second factor from a trusted place, in a browser, or in an app',
  });
});

test('one who may only take a role on is known, and not counted as holding it, which is said', async () => {
  const { result, resultOf, recordsOf } = await night((model) => {
    const [someone] = model.users.slice(25);
    model.eligible = [
      {
        id: 'eligible-1',
        principal: someone!.id,
        role: globalAdministrator,
        from: '2026-01-01T00:00:00Z',
        until: null,
      },
    ];
  });
  const eligible = recordsOf('microsoft365/role-eligibility-schedules');
  expect(eligible).toHaveLength(1);
  expect(result.verdicts.map(({ subject }) => subject)).not.toContain(eligible[0]!.id);
  const { assertion, population } = controls.find(({ id }) => id === 'mfa-required-admins-m365')!;
  expect(`${assertion} ${population}`).toMatch(
    /by active assignment.*active assignments of directory roles/s,
  );
  expect(resultOf('admin-count-bounded-m365').verdicts.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('who may activate the role is not counted'),
  ]);
});

test('a policy that names people and groups that are gone is read as it is, and leaves out nobody', async () => {
  const { result, recordsOf } = await night((model) => {
    for (const policy of model.policies) policy.exclude = { users: [id(77)], groups: [id(78)] };
  });
  const [policy] = recordsOf('microsoft365/conditional-access-policies');
  expect(policy).toMatchObject({ excludeUsers: [id(77)], excludeGroups: [id(78)] });
  // Nobody is in what was deleted, so that nobody is left out.
  expect(new Set(result.verdicts.map(({ status }) => status))).toEqual(new Set(['pass']));
  expect(result.because).toEqual([]);
});

test('policies of which an answer leaves out a condition ask nobody for certain', async () => {
  const { result } = await night(() => undefined, {
    match: { path: /\/conditionalAccess\/policies/ },
    fault: { kind: 'without', field: 'platforms' },
  });
  const people = result.verdicts.filter(({ status }) => status !== 'not-applicable');
  expect(new Set(people.map(({ status }) => status))).toEqual(new Set(['no-data']));
  expect(result.status).toBe('no-data');
});

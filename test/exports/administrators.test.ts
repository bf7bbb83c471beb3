import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Demo } from '../../demo/index.ts';
import { daysOf } from '../../exports/period/calendar-days.ts';
import { keepBook } from '../../exports/period/keep-book.ts';
import { privilegeChanges } from '../../exports/period/privilege-changes.ts';
import { rollForward, type RollForward } from '../../exports/period/roll-forward.ts';
import { History } from '../../exports/history.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import type { Configuration } from '../../service/config/load.ts';
import { period } from '../../service/views/period.ts';
import { Clock, sourcesOf, withNight } from '../hostile/bench.ts';
import { startSpotless } from '../hostile/spotless.ts';

/* Six nights of an organisation and a cloud in which somebody comes to administer something, and no longer does. */
const read: Readonly<Record<string, readonly string[]>> = {
  aws: ['accounts', 'credential-report', 'account-authorization-details'],
  github: [
    ...['organization', 'members', 'outside-collaborators', 'repositories', 'repository-collaborators'],
    ...['teams', 'team-members', 'organization-roles', 'organization-role-users', 'organization-role-teams'],
  ],
};
const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
/** Moves the one clock that everything here goes by. */
const goTo = (time: string) => clock.sleep(Date.parse(time) - clock.now().getTime());
const at = (day: number, month = 3) => `2026-0${month}-0${day}T02:30:00.000Z`;
let demo: Demo;

beforeAll(async () => {
  demo = await startSpotless({ now: clock.now(), clock: clock.now });
});
afterAll(() => demo.close());

/** What a source's nights from the second on come to, each after what happens before it. */
async function overNights(
  collector: 'aws' | 'github',
  month: number,
  happens: Readonly<Record<number, () => void>>,
  without: readonly string[] = [],
) {
  const source = sourcesOf(demo).get(collector)!;
  const names = read[collector]!.filter((name) => !without.includes(name)).map(
    (name) => `${collector}/${name}`,
  );
  const datasets = source.datasets.filter(({ id }) => names.includes(id));
  expect(datasets.length).toBe(names.length);
  await goTo(at(1, month));
  const bench = { clock, authorities: [], report: () => undefined };
  return withNight({ ...source, datasets }, bench, async (made, vault) => {
    // Waiting takes no time, so that a slot is closed when it is opened.
    const night = { ...made, outside: { ...made.outside, sleep: () => Promise.resolve() } };
    await recordSchedule(night.book, night.setup, timetable, clock.now());
    for (let day = 2; day <= 7; day += 1) {
      happens[day]?.();
      await goTo(at(day, month));
      await tick(night, clock.now());
    }
    const history = await History.read(vault, { again: true });
    // No control asks for who may do what: the book does.
    const book = await keepBook(history, []);
    const days = daysOf(history, at(2, month).slice(0, 10), at(8, month).slice(0, 10));
    const dir = await mkdtemp(join(tmpdir(), 'exhibit-book-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const seen = {
      configuration: { paths: { vault: dir } } as Configuration,
      archive: vault,
      now: clock.now(),
    };
    const { text } = await period(seen, { from: days.from, to: days.to });
    return { populations: rollForward(book, days), changes: privilegeChanges(book, days), text };
  });
}

const told = (all: readonly RollForward[], population: string) => {
  const found = all.find((each) => each.population === population);
  const moves = (list: RollForward['joined'] = []) =>
    list.map(({ id, after, by, untold, event }) => [id, after, by, untold, event]);
  return found && { ...found, joined: moves(found.joined), left: moves(found.left) };
};

test('whoever comes to administer a cloud is told between whole readings of all that makes somebody an administrator', async () => {
  const [account] = demo.company.aws.accounts;
  const user = account!.users.find(({ groups }) => groups.length === 0)!;
  const arn = `arn:aws:iam::${account!.id}:user${user.path}${user.name}`;
  const happens = {
    4: () => user.attachedPolicies.push('arn:aws:iam::aws:policy/AdministratorAccess'),
    6: () => {
      user.attachedPolicies.pop();
      demo.aws.server.faults.add({
        match: { operation: /GetAccountAuthorizationDetails/ },
        fault: {
          kind: 'answer',
          status: 403,
          body: '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>',
        },
      });
    },
    7: () => {
      demo.aws.server.faults.clear();
    },
  };
  const { populations, changes, text } = await overNights('aws', 3, happens);
  expect(told(populations, 'aws-administrators')).toMatchObject({
    opening: { at: at(2), count: 1 },
    closing: { at: at(7), count: 1 },
    joined: [[arn, at(3), at(4), 0, null]],
    // The night that could not tell made nobody leave.
    left: [[arn, at(5), at(7), 1, null]],
    counted: null,
    unclear: [],
    untold: ['20260306T023000Z'],
  });
  expect(
    changes.map(({ account: of, change, how, role, after, by }) => [of, change, how, role, after, by]),
  ).toEqual([
    [arn, 'gained', 'is', 'administrator', at(3), at(4)],
    [arn, 'lost', 'is', 'administrator', at(5), at(7)],
  ]);
  expect(text).toMatch(/aws-administrators +aws-larkspur +1 +1 +1 +1 +- /);
  expect(text).toContain('who gained and lost power\n');
  expect(text).toMatch(
    /aws-larkspur +exhibit-reader +gained +is administrator +- +2026-03-03T02:30:00.000Z +2026-03-04T02:30:00.000Z +-\n/,
  );
  const thin = await overNights('aws', 4, {}, ['account-authorization-details']);
  expect(thin.populations.map(({ population }) => population)).toEqual([
    'iam-users',
    'access-keys',
    'aws-accounts',
  ]);
  expect(thin.changes).toEqual([]);
});

test('whoever comes to administer a repository administers something of the organisation', async () => {
  const [organization] = demo.company.github.organizations;
  const member = organization!.members.find(({ role }) => role === 'member')!;
  const repository = organization!.repositories[0]!;
  const grants = repository.work.collaborators;
  const happens = {
    4: () => grants.push({ user: member.id, permission: 'ADMIN' }),
    6: () => grants.pop(),
  };
  const { populations, changes } = await overNights('github', 5, happens);
  const found = told(populations, 'organization-administrators');
  expect(found).toMatchObject({
    joined: [[String(member.id), at(3, 5), at(4, 5), 0, null]],
    left: [[String(member.id), at(5, 5), at(6, 5), 0, null]],
    unclear: [],
    untold: [],
  });
  expect(found!.closing!.count).toBe(found!.opening!.count);
  expect(changes.map(({ account, change, how, role }) => [account, change, how, role])).toEqual([
    [String(member.id), 'gained', 'is', 'administrator'],
    [String(member.id), 'lost', 'is', 'administrator'],
  ]);
  const thin = await overNights('github', 6, {}, ['repository-collaborators']);
  expect(thin.populations.map(({ population }) => population)).not.toContain('organization-administrators');
});

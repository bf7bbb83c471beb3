import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Control } from '../../controls/control.ts';
import { fail } from '../../controls/finding.ts';
import { controls } from '../../controls/index.ts';
import type { Result } from '../../controls/result.ts';
import { rulesDigest } from '../../exports/code-digest.ts';
import { History } from '../../exports/history.ts';
import { judge } from '../../exports/judge.ts';
import { judgeNight } from '../../exports/judge-night.ts';
import { daysOf } from '../../exports/period/calendar-days.ts';
import { bookBytes, openBook } from '../../exports/period/index-file.ts';
import { keepBook } from '../../exports/period/keep-book.ts';
import { periodOf, type Period } from '../../exports/period/period.ts';
import type { TimeBook } from '../../exports/period/time-book.ts';
import { workList } from '../../exports/period/work-list.ts';
import { NightBefore } from '../../exports/same-inputs.ts';
import { openArchive } from '../../vault/files.ts';
import { verifyVault } from '../../vault/verify.ts';
import { closedAt, dateOf, nights, readHalfAYear, script, timeZone, type HalfAYear } from './half-a-year.ts';

/*
 * Half a year of nights in which a script planted what happened: results over the period, who came and went, and coverage
 * must say just that, and never more. See half-a-year.ts.
 */
const { joins, leaves, moves: moved, between, outage, denied } = script;
const { policyOff, policyChange, exceptionEnds } = script;
let made: HalfAYear;
let history: History;
let book: TimeBook;
let period: Period;

/** Rules as they may be some day: nobody who is registered passes any more. */
const changed: readonly Control[] = controls.map((control) =>
  control.id === 'mfa-registered-all-users-m365'
    ? {
        ...control,
        parts: control.parts.map((part) => ({
          ...part,
          test: (subject, context) => {
            const finding = part.test(subject, context);
            return finding.status === 'pass' ? fail(`no longer enough: ${finding.reason}`) : finding;
          },
        })),
      }
    : control,
);
/** What the changed rules said of nights when these were the last. */
const then = new Map<number, string>();
const asked = [24, 99, 104, denied, 135];

beforeAll(async () => {
  made = await readHalfAYear({
    after: async (vaultDir, night) => {
      const archive = await openArchive(vaultDir);
      if (asked.includes(night))
        then.set(night, JSON.stringify((await judge(archive, { controls: changed })).results));
      // The book is kept as far as it goes, now and then, beside whoever writes the vault.
      if (night === 60 || night === 105) await openBook(vaultDir, archive, controls);
    },
  });
  history = await History.read(await openArchive(made.vaultDir), { again: true });
  const started = performance.now();
  book = await keepBook(history, controls);
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `| half a year: ${book.nights.length} slots read in ${made.seconds.toFixed(0)} s, judged in ${seconds.toFixed(0)} s |\n`,
  );
  period = await periodOf(
    history,
    book,
    daysOf(history, dateOf(0), dateOf(nights)),
    await rulesDigest(),
    controls,
  );
}, 600_000);

afterAll(async () => {
  await made.close();
});

const lastRead = (before: number) => {
  let night = before - 1;
  while ((outage as readonly number[]).includes(night)) night -= 1;
  return closedAt(night);
};
const overOf = (id: string) => period.controls.find(({ control }) => control === id)!;
const days = (id: string) => overOf(id).days.map(({ from, to, status }) => `${from} ${to} ${status}`);
const span = (from: number, until: number, status: string) =>
  `${dateOf(from)} ${dateOf(until - 1)} ${status}`;
const [firstOut, , lastOut] = outage;
const dark = span(firstOut, lastOut + 1, 'not-observed');

test('the vault is whole, with the book beside it', async () => {
  expect((await verifyVault(made.vaultDir)).problems).toEqual([]);
});

test('the nights are counted as they were', () => {
  expect(period.nights).toEqual({ due: nights, read: nights - outage.length, byHand: 1, unannounced: 0 });
  expect(period.days.timeZone).toBe(timeZone);
  expect(period.rehearsal).toBe(true);
});

describe('who came and went', () => {
  interface Moved {
    readonly id: string;
    readonly night: number;
    readonly event?: string | null;
    readonly untold?: number;
    /** The night that last saw it otherwise, where that is not the one before. */
    readonly since?: number;
  }
  const moves = (list: readonly Moved[]) =>
    list.map(({ id, night, since, untold = 0 }) => ({
      id: made.who[id],
      after: since === undefined ? lastRead(night) : closedAt(since),
      by: closedAt(night),
      untold,
    }));
  const cases: readonly {
    readonly population: string;
    readonly opening: number;
    readonly joined: readonly Moved[];
    readonly left: readonly Moved[];
    readonly unexplained: readonly string[];
  }[] = [
    {
      population: 'users',
      opening: 13,
      joined: [
        { id: 'user', night: joins.user },
        { id: 'userUnlogged', night: joins.userUnlogged },
      ],
      left: [],
      unexplained: ['userUnlogged'],
    },
    {
      population: 'guests',
      opening: 1,
      joined: [{ id: 'guest', night: joins.guest }],
      left: [{ id: 'guest', night: leaves.guest }],
      unexplained: [],
    },
    {
      population: 'administrators',
      opening: 3,
      joined: [{ id: 'administrator', night: joins.administrator }],
      left: [{ id: 'administrator', night: leaves.administrator }],
      unexplained: [],
    },
    {
      population: 'members',
      opening: 14,
      joined: [{ id: 'member', night: joins.member }],
      left: [
        { id: 'inOutage', night: lastOut + 1 },
        // In the night in which the list was refused nobody left: that night could not tell.
        { id: 'onDeniedNight', night: denied + 1, since: denied - 1, untold: 1 },
        { id: 'member', night: leaves.member },
      ],
      unexplained: ['member', 'inOutage', 'onDeniedNight', 'member'],
    },
    {
      population: 'owners',
      opening: 4,
      joined: [{ id: 'owner', night: joins.owner }],
      left: [],
      // The log of the organisation tells when.
      unexplained: [],
    },
    {
      population: 'outside-collaborators',
      opening: 2,
      joined: [],
      left: [{ id: 'outsideCollaborator', night: leaves.outsideCollaborator }],
      unexplained: ['outsideCollaborator'],
    },
    {
      population: 'repositories',
      opening: 4,
      joined: [{ id: 'repository', night: joins.repository }],
      left: [],
      unexplained: ['repository'],
    },
    { population: 'iam-users', opening: 6, joined: [], left: [], unexplained: [] },
    {
      population: 'aws-administrators',
      opening: 1,
      joined: [{ id: 'awsAdministrator', night: joins.awsAdministrator }],
      left: [{ id: 'awsAdministrator', night: leaves.awsAdministrator }],
      unexplained: ['awsAdministrator', 'awsAdministrator'],
    },
    { population: 'aws-accounts', opening: 2, joined: [], left: [], unexplained: [] },
  ];

  test.each(cases)('$population', ({ population, opening, joined, left, unexplained }) => {
    const found = period.rollForward.find((each) => each.population === population)!;
    const told = (list: typeof found.joined) =>
      list.map(({ id, after, by, untold }) => ({ id, after, by, untold }));
    const inTime = (list: ReturnType<typeof moves>) => list.toSorted((a, b) => (a.by < b.by ? -1 : 1));
    expect(inTime(told(found.joined) as ReturnType<typeof moves>)).toEqual(inTime(moves(joined)));
    expect(inTime(told(found.left) as ReturnType<typeof moves>)).toEqual(inTime(moves(left)));
    expect(found.unexplained.toSorted()).toEqual(unexplained.map((each) => made.who[each]).toSorted());
    expect(found.opening).toEqual({ at: closedAt(0), count: opening });
    expect(found.closing).toEqual({
      at: closedAt(nights - 1),
      count: opening + joined.length - left.length,
    });
    expect(found.unclear).toEqual([]);
  });

  test('of access keys one came', () => {
    const found = period.rollForward.find(({ population }) => population === 'access-keys')!;
    expect(found.joined.map(({ after, by }) => [after, by])).toEqual([
      [closedAt(joins.key - 1), closedAt(joins.key)],
    ]);
    expect(found.closing!.count).toBe(found.opening!.count + 1);
  });

  test('the log of the directory tells of those of whom it does', () => {
    const events = (population: string) => {
      const { joined, left } = period.rollForward.find((each) => each.population === population)!;
      return [...joined, ...left].map(({ event }) => event?.activity ?? null);
    };
    expect(events('users')).toEqual(['Add user', null]);
    expect(events('guests')).toEqual(['Invite external user', 'Delete user']);
    expect(events('administrators')).toEqual(['Add member to role', 'Remove member from role']);
    const [
      {
        joined: [user],
      },
    ] = period.rollForward.filter(({ population }) => population === 'users') as [
      Period['rollForward'][number],
    ];
    expect(user!.event!.id).toBe(made.who['joinEvent']);
  });

  test('what the source itself counts is as many, at opening and closing', () => {
    const counted = Map.groupBy(
      period.rollForward.filter((each) => each.counted !== null),
      ({ source, counted: by }) => `${source} ${by!.dataset}`,
    );
    const sum = (ends: readonly ({ readonly count: number } | null)[]) =>
      ends.reduce((all, end) => all + (end?.count ?? 0), 0);
    expect([...counted.keys()]).toEqual([
      'microsoft365-one microsoft365/users',
      'github-one github/members',
      'github-one github/repositories',
      'aws-one aws/credential-report',
    ]);
    for (const [which, these] of counted) {
      expect(these[0]!.counted!.opening, which).toBe(sum(these.map(({ opening }) => opening)));
      expect(these[0]!.counted!.closing, which).toBe(sum(these.map(({ closing }) => closing)));
    }
  });

  test('a period within begins with who was there before it', () => {
    const inner = daysOf(history, dateOf(35), dateOf(115));
    return expect(
      periodOf(history, book, inner, period.rules, controls).then(({ rollForward }) =>
        rollForward
          .filter(({ population }) => population === 'members')
          .map(({ opening, joined, left, closing }) => [opening, joined.length, left.length, closing]),
      ),
    ).resolves.toEqual([[{ at: closedAt(34), count: 14 }, 1, 2, { at: closedAt(114), count: 13 }]]);
  });
});

describe('who moved, and who gained and lost power', () => {
  /** When what happens in the day before a night happens. */
  const during = (night: number) => `${dateOf(night - 1)}T15:00:00.000Z`;

  test('those who moved, between which readings, and when where the log of the directory tells it', () => {
    const named = expect.stringMatching(/@/) as string;
    const spans = (night: number) => ({ after: lastRead(night), by: closedAt(night), untold: 0 });
    expect(period.movers).toEqual([
      {
        ...{ source: 'microsoft365-one', id: made.who['mover'], what: 'department', name: named },
        ...{ from: made.who['department'], to: 'New ventures', ...spans(moved.logged) },
        event: { id: made.who['moveEvent'], at: during(moved.logged), activity: 'Update user' },
      },
      {
        ...{ source: 'microsoft365-one', id: made.who['moverUnlogged'], what: 'jobTitle', name: named },
        ...{ from: made.who['jobTitle'], to: 'Head of everything' },
        ...{ after: lastRead(moved.inOutage), by: closedAt(lastOut + 1), untold: 0, event: null },
      },
    ]);
  });

  test('those who gained and lost power, as readings and logs tell it', () => {
    const told = (change: 'gained' | 'lost', night: number, at: string | null) => [
      change,
      lastRead(night),
      closedAt(night),
      at,
    ];
    const found = Map.groupBy(period.privilegeChanges, ({ source, account, how }) =>
      JSON.stringify([source, account, how]),
    );
    const changes = (source: string, account: string, how: string | null) =>
      (found.get(JSON.stringify([source, made.who[account], how])) ?? []).map(
        ({ change, after, by, event }) => [change, after, by, event?.at ?? null],
      );
    expect(changes('microsoft365-one', 'administrator', 'holds the directory role')).toEqual([
      told('gained', joins.administrator, during(joins.administrator)),
      told('lost', leaves.administrator, during(leaves.administrator)),
    ]);
    expect(changes('github-one', 'owner', 'is')).toEqual([told('gained', joins.owner, during(joins.owner))]);
    // No log that is read tells of power in AWS.
    expect(changes('aws-one', 'awsAdministrator', 'is')).toEqual([
      told('gained', joins.awsAdministrator, null),
      told('lost', leaves.awsAdministrator, null),
    ]);
    // What came and went between two nights is told by the log alone, and the log says when.
    const at = during(between);
    expect(changes('microsoft365-one', 'between', null)).toEqual([
      ['gained', at, at, at],
      ['lost', at, at, at],
    ]);
    expect(period.privilegeChanges.length).toBe([...found.values()].flat().length);
    expect([...found.keys()].length).toBe(4);
  });
});

describe('results by day', () => {
  test('a policy that was off for nine days fails for nine days, and for everybody whom it alone asked', () => {
    const id = 'mfa-required-all-users-m365';
    expect(days(id)).toEqual([
      span(0, firstOut, 'pass'),
      dark,
      span(lastOut + 1, policyOff.from, 'pass'),
      span(policyOff.from, policyOff.until, 'fail'),
      span(policyOff.until, nights, 'pass'),
    ]);
    const failed = overOf(id).things.map(({ stretches }) =>
      stretches.filter(({ state }) => state === 'fail'),
    );
    expect(failed.length).toBeGreaterThan(5);
    for (const stretches of failed)
      expect(
        stretches.map(({ first, last, earliestStart, latestEnd, readings }) => ({
          first,
          last,
          earliestStart,
          latestEnd,
          readings,
        })),
      ).toEqual([
        {
          first: closedAt(policyOff.from),
          last: closedAt(policyOff.until - 1),
          earliestStart: closedAt(policyOff.from - 1),
          latestEnd: closedAt(policyOff.until),
          readings: 9,
        },
      ]);
  });

  test('an exception that ends turns what it accepted into a failure on the next day', () => {
    expect(days('mfa-enabled-github-members')).toEqual([
      span(0, exceptionEnds + 1, 'excepted'),
      span(exceptionEnds + 1, firstOut, 'fail'),
      dark,
      span(lastOut + 1, denied, 'fail'),
      span(denied, denied + 1, 'incomplete'),
      span(denied + 1, nights, 'fail'),
    ]);
    const { stretches } = overOf('mfa-enabled-github-members').things.find(
      ({ id }) => id === made.who['accepted'],
    )!;
    // Neither the outage nor the night that was refused mended it.
    expect(
      stretches.map(({ state, first, last, earliestStart, latestEnd, untold }) => ({
        state,
        first,
        last,
        earliestStart,
        latestEnd,
        untold,
      })),
    ).toEqual([
      {
        state: 'excepted',
        first: closedAt(0),
        last: closedAt(exceptionEnds),
        earliestStart: null,
        latestEnd: closedAt(exceptionEnds + 1),
        untold: 0,
      },
      {
        state: 'fail',
        first: closedAt(exceptionEnds + 1),
        last: closedAt(nights - 1),
        earliestStart: closedAt(exceptionEnds),
        latestEnd: null,
        untold: 1,
      },
    ]);
  });

  test('a threshold that was lowered counts from the night that pinned it, and the change is listed', () => {
    expect(days('github-owners-bounded')).toEqual([
      span(0, policyChange.night, 'pass'),
      span(policyChange.night, firstOut, 'fail'),
      dark,
      span(lastOut + 1, denied, 'fail'),
      span(denied, denied + 1, 'incomplete'),
      span(denied + 1, nights, 'fail'),
    ]);
    expect(period.changes).toEqual([
      {
        slot: expect.stringContaining(dateOf(policyChange.night).replaceAll('-', '')) as string,
        at: closedAt(policyChange.night),
        what: 'policy',
        name: 'github-owners-bounded',
        before: { maximum: Number(made.who['owners']) + 1 },
        after: { maximum: policyChange.maximum },
      },
    ]);
  });

  test('no day is better than its night', () => {
    for (const { control, days: spans, daysObserved, daysIncomplete, daysNotObserved } of period.controls) {
      expect(daysObserved + daysIncomplete + daysNotObserved, control).toBe(nights);
      for (const night of outage) {
        const date = dateOf(night);
        expect(spans.find(({ from, to }) => from <= date && date <= to)!.status, control).toBe(
          'not-observed',
        );
      }
      const passed = spans.filter(({ status }) => status === 'pass' || status === 'excepted');
      for (const { from, to } of passed)
        for (const slot of book.nights.filter(({ at }) => at.slice(0, 10) >= from && at.slice(0, 10) <= to)) {
          const told = book.result(control)!;
          const night = book.nights.indexOf(slot);
          if ((told.looks[night] ?? 'not') === 'not') continue;
          expect(['pass', 'excepted', 'not-applicable']).toContain(
            told.spans.findLast((each) => each.from <= night)!.status,
          );
        }
    }
  });

  test('what nobody could tell at any reading worked from no day on', () => {
    const never = overOf('device-encryption');
    expect(never.operatesSince).toBeNull();
    expect(never.daysObserved).toBe(0);
    expect(overOf('mfa-required-all-users-m365').operatesSince).toBe(closedAt(0));
  });
});

describe('between readings', () => {
  const between = (id: string) => {
    const [found, ...others] = overOf(id).between;
    expect(others).toEqual([]);
    return found!;
  };
  /** By night, what is known of the day that it is of, from what befell each; the rest is covered. */
  const expected = (befell: Readonly<Record<number, string>>) => {
    const daily = Array.from({ length: nights }, (_, n) => befell[n] ?? 'covered');
    // Nothing was read before the first night, and nothing after the last.
    daily[0] = 'not-observed no-reading';
    daily[nights - 1] = 'not-observed gap no-reading';
    // A night that nobody read is between two that say the same only with the day before it.
    for (let night = firstOut - 1; night <= lastOut + 1; night += 1) daily[night] = 'not-observed gap';
    return daily;
  };
  const told = (id: string) =>
    between(id).days.flatMap(({ from, to, status, because, changes }) => {
      const length = 1 + (Date.parse(to) - Date.parse(from)) / 86_400_000;
      return Array.from({ length }, (_, n) => {
        const date = dateOf(Math.round((Date.parse(from) - Date.parse(dateOf(0))) / 86_400_000) + n);
        const here = changes.filter(({ first }) => inBerlin(first) === date).map(({ name }) => name);
        return [status, ...because.map(({ cause }) => cause), ...here].join(' ');
      });
    });
  const inBerlin = (instant: string) => new Date(instant).toLocaleDateString('en-CA', { timeZone });

  test('a policy that was switched off and on is told by the log on its days, and who came unlogged by none', () => {
    const changed = (activity: string) => `changed ${activity}`;
    expect(told('mfa-required-all-users-m365')).toEqual(
      expected({
        [joins.user - 1]: changed('Add user'),
        [joins.guest - 1]: changed('Invite external user'),
        [joins.administrator - 1]: changed('Add member to role'),
        [moved.logged - 1]: changed('Update user'),
        [script.between - 1]: changed('Add member to role Remove member from role'),
        [joins.userUnlogged - 1]: 'not-observed unexplained',
        [joins.userUnlogged]: 'not-observed unexplained',
        [leaves.guest - 1]: changed('Delete user'),
        [policyOff.from - 1]: changed('Update conditional access policy'),
        // On the same day the administrator lost the role.
        [policyOff.until - 1]: changed('Remove member from role Update conditional access policy'),
      }),
    );
    const { daysCovered, daysChanged, daysNotObserved } = between('mfa-required-all-users-m365');
    expect([daysCovered, daysChanged, daysNotObserved]).toEqual([nights - 8 - 9, 8, 9]);
  });

  test('what nobody touched is covered wherever readings and the log were whole', () => {
    expect(told('mfa-weak-methods-disabled-m365')).toEqual(expected({}));
  });

  test('nothing is covered by a log that is not read, does not tell it, or is not there', () => {
    const causes = (id: string) => [
      ...new Set(between(id).days.flatMap(({ because }) => because.map(({ cause }) => cause))),
    ];
    for (const [id, cause] of [
      ['mfa-required-github-org', 'above'],
      ['mfa-enabled-github-members', 'no-log'],
      ['mfa-registered-all-users-m365', 'no-log'],
      ['mfa-aws-root', 'no-log'],
    ] as const) {
      expect(causes(id), id).toContain(cause);
      expect(between(id).daysNotObserved, id).toBe(nights);
    }
  });

  test('every day of every control is told once at each source', () => {
    for (const { control, between: each } of period.controls)
      for (const { days: spans, daysCovered, daysChanged, daysNotObserved } of each) {
        expect(daysCovered + daysChanged + daysNotObserved, control).toBe(nights);
        expect([spans[0]!.from, spans.at(-1)!.to], control).toEqual([dateOf(0), dateOf(nights - 1)]);
        // No day is covered that its night does not tell, but of what happened, which logs tell by themselves; what a log tells later of such a day is told all the same.
        if (controls.find(({ id }) => id === control)?.days !== undefined) continue;
        for (const span of spans.filter(({ status }) => status === 'covered'))
          for (const night of outage) expect(span.from > dateOf(night) || span.to < dateOf(night)).toBe(true);
      }
  });
});

test('coverage tells of the outage, and of the night that was refused, with their causes', () => {
  const gaps = (id: string) => period.coverage.find(({ dataset }) => dataset === id)!;
  const slot = (night: number) => expect.stringContaining(dateOf(night).replaceAll('-', '')) as string;
  const down = { from: slot(firstOut), to: slot(lastOut), nights: 3, cause: 'no night (not-running)' };
  expect(gaps('microsoft365/users')).toMatchObject({ due: nights, complete: nights - 3, gaps: [down] });
  expect(gaps('github/members')).toMatchObject({ due: nights, complete: nights - 4 });
  const [first, second] = gaps('github/members').gaps;
  expect(first).toEqual(down);
  expect(second).toMatchObject({ from: slot(denied), to: slot(denied), nights: 1 });
  expect(second!.cause).toMatch(/^denied/);
});

test('judging night after night, with what did not change left out, comes to the same as judging each by itself', async () => {
  const before = new NightBefore();
  const last = new Map<string, Result>();
  const { closed } = history;
  const around = new Set([
    policyOff.from,
    policyOff.until,
    exceptionEnds + 1,
    denied,
    denied + 1,
    50,
    51,
    52,
    103,
  ]);
  let same = 0;
  let all = 0;
  for (const [n, night] of closed.entries()) {
    const judged = await judgeNight(history, night, { controls }, before);
    for (const { control, result } of judged.results()) {
      all += 1;
      if (result === null) same += 1;
      else last.set(control, result);
    }
    if (n % 9 !== 0 && !around.has(n)) continue;
    const alone = await judge(history.archive, { asOf: night.close.t });
    const together = alone.results.map(({ control }) => last.get(control));
    expect(JSON.stringify(together), night.slot).toBe(JSON.stringify(alone.results));
  }
  process.stdout.write(
    `| of ${all} results of ${closed.length} slots ${same} had the very same inputs as before |\n`,
  );
  expect(same).toBeGreaterThan(all / 3);
});

test('nights that are past, judged by rules that were changed since, come to what these said of them then', async () => {
  expect([...then.keys()]).toEqual(asked);
  for (const night of asked) {
    const again = await judge(history.archive, { asOf: closedAt(night), controls: changed });
    expect(JSON.stringify(again.results), dateOf(night)).toBe(then.get(night));
  }
});

test('the book that was kept night after night is the one that is made at once', async () => {
  const judged: number[] = [];
  const opened = await openBook(made.vaultDir, history.archive, controls, (done) => judged.push(done));
  // What was kept at night 105 was not judged again.
  expect(judged).toHaveLength(nights - 106);
  const rules = await rulesDigest();
  expect((await bookBytes(opened.book, rules)).equals(await bookBytes(book, rules))).toBe(true);
  const again: number[] = [];
  await openBook(made.vaultDir, history.archive, controls, (done) => again.push(done));
  expect(again).toEqual([]);
});

test('the work list tells since when something fails, until when it is to be mended, and what was mended', async () => {
  const plan = await history.plan(history.closed.at(-1)!.open);
  const now = new Date(closedAt(policyOff.until + 2));
  const early = await keepBook(
    history.upTo(history.closed.find(({ close }) => close.t === closedAt(policyOff.until + 1))!),
    controls,
  );
  const works = workList(early, controls, plan, now);
  expect(
    works.find(({ control, id }) => control === 'mfa-enabled-github-members' && id === made.who['accepted']),
  ).toMatchObject({
    firstSeen: closedAt(exceptionEnds + 1),
    notBefore: closedAt(exceptionEnds),
    fixedBy: null,
    owner: 'Ada Example',
    ageDays: policyOff.until + 2 - (exceptionEnds + 1),
    overdue: true,
  });
  const mended = works.filter(({ control }) => control === 'mfa-required-all-users-m365');
  expect(mended.length).toBeGreaterThan(5);
  for (const { fixedBy, ageDays, overdue } of mended)
    expect({ fixedBy, ageDays, overdue }).toEqual({
      fixedBy: closedAt(policyOff.until),
      ageDays: 9,
      overdue: false,
    });
});

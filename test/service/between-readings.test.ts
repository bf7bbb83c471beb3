import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { collector, type Collector, type Session } from '../../collectors/collector.ts';
import { datasetsOf } from '../../collectors/dataset.ts';
import { controls } from '../../controls/index.ts';
import { digest } from '../../evidence-model/digest.ts';
import { AuditEvent, Repository } from '../../evidence-model/kinds.ts';
import { History } from '../../exports/history.ts';
import { bookBytes } from '../../exports/period/index-file.ts';
import { keepBook } from '../../exports/period/keep-book.ts';
import type { Period } from '../../exports/period/period.ts';
import type { Night } from '../../scheduler/night.ts';
import { runManual } from '../../scheduler/run-slot.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import type { Configuration } from '../../service/config/load.ts';
import { period } from '../../service/views/period.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

/*
 * A week of an organisation with a log: its things are repositories, which are public where their names say so, and what
 * its log tells of is what was done. Read over HTTP, kept in a vault, judged by the controls of the program itself.
 */
type Scope = Readonly<Record<string, unknown>> & { readonly url: string };
const { state, log, list } = datasetsOf<Scope, { readonly path: string }>();

const repositories = state({
  id: 'github/repositories',
  title: 'Repositories',
  docs: 'https://docs.example.com/things',
  permissions: ['Things: read'],
  personal: [],
  speaks: [{ kind: Repository, fields: ['name', 'visibility'], lists: true }],
  requests: () => [{ path: '/things' }],
  lists: [
    list('', z.object({ id: z.string(), name: z.string() }), ({ id, name }) => [
      Repository.record({ id, name, visibility: name.startsWith('public') ? 'public' : 'private' }),
    ]),
  ],
});
const auditLogOf = (memoryDays: number) =>
  log({
    id: 'github/audit-log',
    title: 'Audit log',
    docs: 'https://docs.example.com/log',
    permissions: ['Log: read'],
    personal: [],
    speaks: [{ kind: AuditEvent, fields: ['at', 'action', 'repository'], lists: true }],
    memoryDays,
    settleMinutes: 15,
    requests: (_, __, { from, to }) => [{ path: `/log?from=${from}&to=${to}` }],
    lists: [
      list('', z.object({ id: z.string(), account: z.string(), at: z.string() }), ({ id, account, at }) => [
        AuditEvent.record({ id, action: account, at, repository: 'none' }),
      ]),
    ],
  });

const auditLog = auditLogOf(3);

/** Whether the plan that was bought has the log. */
let licensed = true;

function withoutLicence(session: Session): Session {
  return {
    ...session,
    async *pages(request: never, options) {
      for await (const page of session.pages(request, options)) {
        const problem = {
          status: 404,
          code: null,
          reason: 'licence-missing',
          text: 'the plan lacks it',
        } as const;
        const { path } = request as { readonly path: string };
        yield licensed || !path.startsWith('/log')
          ? page
          : { ...page, answer: { ok: false, problem: { ...problem, outcome: 'not-licensed' } } };
      }
    },
  };
}

const organization = (...datasets: Collector['datasets']): Collector => ({
  ...collector({
    id: 'github',
    title: 'GitHub',
    config: z.any(),
    scope: (config: Scope): Scope => config,
    datasets: [...datasets],
    connect: () => Promise.reject(new Error('unused')),
    decode: plain.decode,
  }),
  connect: async (config, scope, io) => withoutLicence(await plain.connect(config, scope, io)),
});

const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;
let names: string[];

const setup = (...datasets: Collector['datasets']) => {
  const read = organization(...datasets);
  return setupOf([{ ...sourceAt(server.url, 'github-one'), collector: read, datasets: read.datasets }]);
};

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  licensed = true;
  names = ['anvil', 'bellows'];
  server = await startPlain(names);
  bench = await openBench(clock, setup(repositories, auditLog));
  night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
});

afterEach(async () => {
  await bench.close();
  server.close();
});

async function read(...days: readonly number[]): Promise<void> {
  for (const day of days) {
    clock.set(new Date(Date.UTC(2026, 2, day, 2, 30)).toISOString());
    await tick(night, clock.now());
  }
}

const at = (day: number, time: string) => `2026-03-0${day}T${time}:00.000Z`;
const happens = (day: number, time: string, account: string) =>
  server.events.push({ id: String(server.events.length), account, at: at(day, time) });

async function shown(control = 'public-repos-approved') {
  const { value, text } = await period(
    {
      configuration: { paths: { vault: bench.vaultDir } } as Configuration,
      archive: bench.vault,
      now: clock.now(),
    },
    { from: '2026-03-02', to: '2026-03-08' },
  );
  const { between } = (value as Period).controls.find((each) => each.control === control)!;
  const of = (n: number) =>
    between[n]?.days.map(({ from, to, status, because, changes }) =>
      [
        `${from.slice(8)}–${to.slice(8)} ${status}`,
        ...because.map(({ cause }) => cause),
        ...changes.map(({ log: tells, name, first }) => `${tells} ${name} ${first.slice(8, 16)}`),
      ].join(' '),
    );
  return { between, days: of(0), of, text };
}

/** The first day begins before anything was read, and the last reading tells nothing of what comes after it. */
const first = '02–02 not-observed no-reading';
const last = (...causes: readonly string[]) => ['07–07 not-observed', ...causes].join(' ');

describe('a control is covered between readings', () => {
  test('where the log was wholly read and shows nothing; where it shows a change, that is told with its time', async () => {
    await read(2, 3, 4);
    happens(4, '10:20', 'repo.access');
    happens(4, '11:00', 'team.create');
    names[0] = 'public-anvil';
    await read(5, 6, 7);
    const { days, text, between } = await shown();
    expect(days).toEqual([
      first,
      '03–03 covered',
      '04–04 changed github/audit-log repo.access 04T10:20',
      '05–06 covered',
      last('gap', 'no-reading'),
    ]);
    expect(between[0]).toMatchObject({ daysCovered: 3, daysChanged: 1, daysNotObserved: 2 });
    expect(text).toMatch(/between readings\ncontrol +source +covered by a log/);
    expect(text).toMatch(/public-repos-approved +github-one +4 of 6 days +1 +2 +\S/);
  });

  test('where it is over what happened, once the whole of what it looks back at was read', async () => {
    await read(2, 3);
    expect((await shown('protection-changes-tracked')).days).toEqual(['02–07 not-observed incomplete']);
    night = await bench.night({ setup: setup(repositories, auditLogOf(40)) });
    await read(4, 5, 6, 7);
    const { days } = await shown('protection-changes-tracked');
    expect(days).toEqual(['02–06 covered', '07–07 not-observed incomplete']);
  });

  test('the book holds it, is the same whether it was kept night after night or made at once, and is used again', async () => {
    await read(2, 3);
    happens(3, '10:20', 'repo.access');
    await shown();
    await read(4, 5, 6, 7);
    const { days } = await shown();
    const history = await History.read(bench.vault, { again: true });
    const once = await keepBook(history, controls);
    const apart = await keepBook(
      history,
      controls,
      await keepBook(history.upTo(history.closed[2]!), controls),
    );
    const code = digest('code');
    expect((await bookBytes(once, code)).equals(await bookBytes(apart, code))).toBe(true);
    expect(once.logs.data.logs).toMatchObject([
      { log: 'github/audit-log', source: 'github-one', covered: [{}], lacks: [], changes: [{}] },
    ]);
    expect((await shown()).days).toEqual(days);
    expect(days?.[1]).toContain('changed');
  });
});

describe('a control is not observed between readings', () => {
  test('where something was changed and the log does not tell it', async () => {
    await read(2, 3, 4);
    names[0] = 'public-anvil';
    await read(5, 6, 7);
    expect((await shown()).days).toEqual([
      first,
      '03–03 covered',
      '04–05 not-observed unexplained',
      '06–06 covered',
      last('gap', 'no-reading'),
    ]);
  });

  test('where the log was refused for longer than the source remembers', async () => {
    await read(2, 3);
    server.denied.add('/log');
    await read(4, 5, 6);
    server.denied.clear();
    await read(7);
    const { days, between } = await shown();
    expect(days).toEqual([
      first,
      '03–04 not-observed incomplete',
      '05–06 covered',
      last('gap', 'no-reading'),
    ]);
    expect(between[0]?.days[1]?.because[0]?.text).toBe(
      `github/audit-log was not wholly read of ${at(3, '02:15')} to ${at(4, '02:30')}: denied: answered 403`,
    );
  });

  test('while the plan that was bought lacks the log', async () => {
    licensed = false;
    await read(2, 3, 4, 5, 6, 7);
    expect((await shown()).days).toEqual([
      '02–02 not-observed licence no-reading',
      '03–06 not-observed licence',
      last('licence', 'no-reading'),
    ]);
  });

  test('where the log is not due', async () => {
    night = await bench.night({ setup: setup(repositories) });
    await read(2, 3, 4);
    expect((await shown()).days?.[1]).toBe('03–03 not-observed not-due');
  });

  test('around a night that nobody read, though the log was read of that time later', async () => {
    await read(2, 3, 5, 6, 7);
    expect((await shown()).days).toEqual([
      first,
      '03–05 not-observed gap',
      '06–06 covered',
      last('gap', 'no-reading'),
    ]);
  });

  test('of another organisation under the same name, by what was read of the first', async () => {
    await read(2, 3, 4);
    const [source] = setup(repositories, auditLog).sources;
    night = await bench.night({
      setup: setupOf([{ ...source!, scope: { ...source!.scope, organization: 'another' } }]),
    });
    await read(5, 6, 7);
    const { of } = await shown();
    expect(of(0)).toEqual([first, '03–03 covered', '04–07 not-observed gap no-reading']);
    expect(of(1)).toEqual([
      '02–02 not-observed gap no-reading',
      '03–05 not-observed no-reading',
      '06–06 covered',
      last('gap', 'no-reading'),
    ]);
  });

  test('where no log would show it, by whichever name', async () => {
    await read(2, 3, 4);
    const { between, text } = await shown('mfa-enabled-github-members');
    expect(between[0]).toMatchObject({
      daysCovered: 0,
      daysNotObserved: 6,
      days: [{ because: [{ cause: 'no-log' }] }],
    });
    expect(text).not.toContain('compliant');
  });

  test('and a reading by hand that looks at one thing alone is none of it', async () => {
    await read(2, 3, 4);
    clock.set(at(4, '14:00'));
    const [source] = night.setup.sources;
    await runManual(night, [{ source: source!, dataset: 'github/audit-log' }]);
    await read(5, 6, 7);
    expect((await shown()).days).toEqual([first, '03–06 covered', last('gap', 'no-reading')]);
  });
});

import { describe, expect, test } from 'vitest';
import { cronOf, dailyOf, dueTimes, nextDue, slotId, type Daily } from '../../evidence-model/schedule.ts';

const at = (text: string, timeZone: string): Daily => {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  return { hour, minute, second, timeZone };
};
const due = (daily: Daily, from: string, to: string) =>
  dueTimes(daily, new Date(from), new Date(to)).map((time) => time.toISOString().slice(0, 16));

describe('when a slot is due', () => {
  test.each([
    ['in UTC', '02:30', 'UTC', '2026-03-28', ['03-28T02:30', '03-29T02:30', '03-30T02:30']],
    // Poland leaps from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    [
      'at the leap where 02:30 is skipped',
      '02:30',
      'Europe/Warsaw',
      '2026-03-28',
      ['03-28T01:30', '03-29T01:00', '03-30T00:30'],
    ],
    [
      'after the leap of the same night',
      '03:00',
      'Europe/Warsaw',
      '2026-03-28',
      ['03-28T02:00', '03-29T01:00', '03-30T01:00'],
    ],
    // It goes back from 03:00 to 02:00 on 25 October 2026, at 01:00 UTC.
    [
      'once where 02:30 comes twice',
      '02:30',
      'Europe/Warsaw',
      '2026-10-24',
      ['10-24T00:30', '10-25T00:30', '10-26T01:30'],
    ],
    [
      'in New York at the leap',
      '02:30',
      'America/New_York',
      '2027-03-13',
      ['03-13T07:30', '03-14T07:00', '03-15T06:30'],
    ],
    [
      'in New York where 01:30 comes twice',
      '01:30',
      'America/New_York',
      '2027-11-06',
      ['11-06T05:30', '11-07T05:30', '11-08T06:30'],
    ],
    // Lord Howe Island leaps by half an hour, from 02:00 to 02:30, on 4 October 2026.
    [
      'where the leap is half an hour',
      '02:15',
      'Australia/Lord_Howe',
      '2026-10-02',
      ['10-02T15:45', '10-03T15:30', '10-04T15:15'],
    ],
    // Beirut leaps at midnight.
    [
      'at a leap over midnight',
      '00:00',
      'Asia/Beirut',
      '2026-03-27',
      ['03-27T22:00', '03-28T22:00', '03-29T21:00'],
    ],
    [
      'far ahead of UTC',
      '00:10',
      'Pacific/Kiritimati',
      '2026-06-01',
      ['06-01T10:10', '06-02T10:10', '06-03T10:10'],
    ],
    [
      'far behind UTC',
      '23:50',
      'Pacific/Pago_Pago',
      '2026-06-01',
      ['06-01T10:50', '06-02T10:50', '06-03T10:50'],
    ],
  ])('%s', (_, time, zone, day, wanted) => {
    const from = `${day}T00:00:00Z`;
    const to = new Date(Date.parse(from) + 3 * 86_400_000).toISOString();
    expect(due(at(time, zone), from, to).map((text) => text.slice(5))).toEqual(wanted);
  });

  test('every date of a year is due once, in each of several places', () => {
    for (const zone of ['UTC', 'Europe/Warsaw', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'])
      for (const time of ['00:00', '01:30', '02:30', '03:00', '23:59']) {
        const found = dueTimes(at(time, zone), new Date('2026-01-01T00:00Z'), new Date('2027-01-01T00:00Z'));
        expect(found).toHaveLength(365);
      }
  });

  test('the end of the time asked for is not part of it, the beginning is', () => {
    const daily = at('02:30', 'UTC');
    expect(due(daily, '2026-05-01T02:30:00Z', '2026-05-02T02:30:00Z')).toEqual(['2026-05-01T02:30']);
    expect(due(daily, '2026-05-01T02:30:00.001Z', '2026-05-02T02:30:00Z')).toEqual([]);
  });

  test('the next one may be now', () => {
    expect(nextDue(at('02:30', 'UTC'), new Date('2026-05-01T02:30:00Z')).toISOString()).toBe(
      '2026-05-01T02:30:00.000Z',
    );
    expect(nextDue(at('02:30', 'UTC'), new Date('2026-05-01T02:30:00.001Z')).toISOString()).toBe(
      '2026-05-02T02:30:00.000Z',
    );
  });
});

describe('how a schedule is written', () => {
  test.each([
    ['02:30', '30 2 * * *'],
    ['23:05:09', '9 5 23 * * *'],
  ])('%s as %s, and back', (text, cron) => {
    const daily = at(text, 'Europe/Warsaw');
    expect(cronOf(daily)).toBe(cron);
    expect(dailyOf(cron, 'Europe/Warsaw')).toEqual(daily);
  });

  test('an expression of another form is not guessed at', () => {
    expect(dailyOf('30 2 * * 1', 'UTC')).toBeNull();
    expect(dailyOf('*/5 * * * *', 'UTC')).toBeNull();
  });

  test('a slot is named by when it was due', () => {
    expect(slotId(new Date('2026-11-23T02:30:00Z'))).toBe('20261123T023000Z');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { worst } from '../../controls/finding.ts';
import type { Result } from '../../controls/result.ts';
import { judged } from '../controls/support.ts';
import { haveSamples } from '../support/samples.ts';
import { awsChecks } from './scenarios/aws.ts';
import { differences, elsewhere } from './scenarios/differences.ts';
import { githubChecks } from './scenarios/github.ts';
import { microsoft365Checks } from './scenarios/microsoft365.ts';
import { scenarios, type Check, type Scenario } from './scenarios/scenario.ts';

/*
 * What checks of others say of what they are tried on, beside what our controls say of the same: each scenario is read
 * into records by our own datasets, and judged. Where the two differ it is listed who is right and why.
 *
 * Theirs know PASS and FAIL, and MANUAL for what a person must look at, which is our no-data. What is none of our
 * business is not-applicable with us, and with them passes or is not mentioned: neither is a claim, and the two agree.
 */
const checks: readonly Check[] = [...awsChecks, ...githubChecks, ...microsoft365Checks];
const all = haveSamples ? scenarios() : [];

type Theirs = Scenario['expected_status'][number];
const words: Readonly<Record<string, Theirs | null>> = {
  pass: 'PASS',
  fail: 'FAIL',
  'no-data': 'MANUAL',
  manual: 'MANUAL',
  'not-applicable': null,
};

interface Compared {
  readonly id: string;
  readonly theirs: string;
  readonly ours: string;
  readonly agree: boolean;
}

/** What they say: verdicts that must be there, and how many there are in all. `null`: it is not in the sample. */
function theirsOf(
  check: Check,
  scenario: Scenario,
): { readonly said: readonly Theirs[]; readonly count: number } | null {
  const { expected_findings: findings, expected_status: stated } = scenario;
  const said = stated.length > 0 ? stated : (check.named?.(scenario) ?? []);
  if (said.length === 0 && findings !== 0) return null;
  return { said, count: typeof findings === 'number' ? findings : said.length };
}

/** What we say of each thing that they speak of, or of the whole where they speak of that. */
function oursOf(
  { about }: Check,
  scenario: Scenario,
  { status, verdicts }: Result,
): readonly (Theirs | null)[] {
  if (!about) return [words[status] ?? null];
  return verdicts
    .filter(({ subject }) => about(subject, scenario))
    .map((verdict) => words[verdict.status] ?? null);
}

/** Whether every verdict of theirs is one of ours, and none is left over; what is none of our business may stand for a PASS. */
function agreeing(
  { said, count }: { readonly said: readonly Theirs[]; readonly count: number },
  ours: readonly (Theirs | null)[],
): boolean {
  const left = ours.filter((each) => each !== null);
  let free = ours.length - left.length;
  for (const each of said) {
    const found = left.indexOf(each);
    if (found >= 0) left.splice(found, 1);
    else if (each === 'PASS' && free > 0) free -= 1;
    else return false;
  }
  if (count === 0) return left.every((each) => each === 'MANUAL');
  const rest = count - said.length;
  return left.length <= rest && rest <= left.length + free;
}

async function compared(check: Check, scenario: Scenario): Promise<Compared | null> {
  const theirs = theirsOf(check, scenario);
  const world = theirs && check.world(scenario);
  if (!theirs || !world) return null;
  const result = await judged(check.control, world, check.parameters?.(scenario));
  const whole = check.about === undefined && theirs.said.length > 0;
  const one = worst(
    theirs.said.map((each) => (each === 'PASS' ? 'pass' : each === 'FAIL' ? 'fail' : 'manual')),
  );
  const wanted = whole ? { said: [words[one]!], count: 1 } : theirs;
  const ours = oursOf(check, scenario, result);
  return {
    id: scenario.id,
    theirs: wanted.said.join(' ') || (wanted.count === 0 ? 'nothing' : ''),
    ours: ours.map((each) => each ?? '-').join(' ') || 'nothing',
    agree: agreeing(wanted, ours),
  };
}

describe.skipIf(!haveSamples)('verdicts that others published', () => {
  const known = new Map<Check, readonly (Compared | null)[]>();

  beforeAll(async () => {
    for (const check of checks) {
      const of = all.filter((scenario) => scenario.check === check.check);
      known.set(check, await Promise.all(of.map((scenario) => compared(check, scenario))));
    }
  });

  afterAll(() => {
    const rows = [...known].map(([check, found]) => {
      const told = found.filter((each) => each !== null);
      const agree = told.filter((each) => each.agree).length;
      return {
        ...check,
        scenarios: found.length,
        untold: found.length - told.length,
        agree,
        differ: told.length - agree,
      };
    });
    const sum = (name: 'scenarios' | 'agree' | 'differ' | 'untold') =>
      rows.reduce((total, row) => total + row[name], 0);
    const differing = [...known.values()].flat().filter((each) => each !== null && !each.agree);
    const taken = new Set([...checks.map(({ check }) => check), ...Object.keys(elsewhere)]);
    const others = all.filter(({ check }) => !taken.has(check));
    process.stdout.write(
      [
        '',
        '| check of others | control | scenarios | agree | differ | not in the sample |',
        '|---|---|---|---|---|---|',
        ...rows.map(
          (row) =>
            `| ${row.check} | ${row.control} | ${row.scenarios} | ${row.agree} | ${row.differ} | ${row.untold} |`,
        ),
        `| all | | ${sum('scenarios')} | ${sum('agree')} | ${sum('differ')} | ${sum('untold')} |`,
        ...Object.entries(elsewhere).map(
          ([check, why]) =>
            `| ${check} | ${why} | ${all.filter((each) => each.check === check).length} | | | |`,
        ),
        `| without a control of ours | | ${others.length} of ${new Set(others.map(({ check }) => check)).size} checks | | | |`,
        '',
        '| scenario | theirs | ours | who is right, and why |',
        '|---|---|---|---|',
        ...differing.map(
          (each) => `| ${each!.id} | ${each!.theirs} | ${each!.ours} | ${differences[each!.id] ?? ''} |`,
        ),
        '',
      ].join('\n'),
    );
  });

  test('every check that is compared is one of theirs, and has scenarios that can be', () => {
    for (const [{ check }, found] of known)
      expect(found.filter((each) => each !== null).length, check).toBeGreaterThan(0);
  });

  test('every difference is listed, and what is listed differs', () => {
    const differing = [...known.values()].flat().flatMap((each) => (each && !each.agree ? [each.id] : []));
    expect(differing.toSorted()).toEqual(Object.keys(differences).toSorted());
  });

  test('as many scenarios are compared as ever were', () => {
    const found = [...known.values()].flat();
    expect([found.length, found.filter((each) => each !== null).length]).toEqual([421, 390]);
  });

  test('every check that is compared with nothing is one of theirs', () => {
    for (const check of Object.keys(elsewhere))
      expect(
        all.some((each) => each.check === check),
        check,
      ).toBe(true);
  });
});

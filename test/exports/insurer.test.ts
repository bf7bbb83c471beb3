import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Policy, Register } from '../../controls/declarations.ts';
import { Declared } from '../../controls/declared/declared.ts';
import { digest } from '../../evidence-model/digest.ts';
import { legible } from '../../exports/documents/legible.ts';
import { pdf } from '../../exports/documents/pdf/render.ts';
import { surveyOf } from '../../exports/documents/survey.ts';
import { xlsx } from '../../exports/documents/xlsx-table.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge } from '../../exports/judge.ts';
import { filesOf } from '../../exports/profiles.ts';
import { openArchive } from '../../vault/files.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { packetOf } from './packet-of.ts';
import { documentOf, tableOf } from './documents/support.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { edit, failures, filesOf as filesIn, packedIn, resignedWith } from '../support/packet-files.ts';

/* What an underwriter gets: counts without names, held against the twin that stays at home. */
const demo = demoFolder();

test('sources may be called as their collectors are', async () => {
  const judged = await judge(await openArchive(join(demo().dir, 'vault')));
  const sources = judged.plan.sources.map((source) => ({ ...source, id: source.collector }));
  const judgement = { ...judged, plan: { ...judged.plan, sources } };
  expect(sources.map(({ id }) => id)).toContain('microsoft365');
  const written = filesOf(packetOf('insurer', judgement));
  const files = (await Array.fromAsync(written)).map(({ path, content }) => ({
    path,
    text: legible(path, content),
  }));
  const page = files.find(({ path }) => path.endsWith('.html'))?.text;
  expect(page).toContain('Microsoft 365');
  expect(page).not.toContain('microsoft365');
  expect(files.flatMap(({ text }) => identifiersIn(text, judgement))).toEqual([]);
  expect(identifiersIn('microsoft365 and github', judgement)).toEqual([]);
  const named = {
    ...judgement,
    plan: { ...judgement.plan, sources: [{ ...sources[0]!, id: 'github-cash4' }] },
  };
  expect(identifiersIn('read from github-cash4', named)).toEqual(['github-cash4']);
});

test('whoever is named on a page or in a sheet is found there too', async () => {
  const judgement = await judge(await openArchive(join(demo().dir, 'vault')));
  const name = judgement.subjects
    .of('account')
    .map(({ id }) => id)
    .find((id) => id.length > 20)!;
  const among = `${'word '.repeat(15)}by ${name}, and more`;
  const page = pdf(documentOf([{ type: 'paragraph', text: among }]));
  const narrow = pdf(
    documentOf([
      { type: 'table', columns: Array(16).fill({ title: 'Id' }), rows: () => [Array<string>(16).fill(name)] },
    ]),
  );
  const table = tableOf([{ key: 'id', title: 'Id', type: 'text' }], [[among]]);
  const sheet = Buffer.concat([...xlsx([{ table, survey: surveyOf(table) }])]);
  for (const [path, bytes] of [
    ['a.pdf', page],
    ['b.pdf', narrow],
    ['c.xlsx', sheet],
  ] as const)
    expect(identifiersIn(legible(path, bytes), judgement), path).toContain(name);
  expect(identifiersIn(legible('d.pdf', pdf(documentOf([]))), judgement)).toEqual([]);
});

test('whoever is written down, or left, is found', async () => {
  const judged = await judge(await openArchive(join(demo().dir, 'vault')));
  const accounts = [{ source: 'github-larkspur', account: 'quill-77' }];
  const said = { declaredBy: 'Una Officer', declaredOn: '2026-01-01' };
  const register = Register.parse({
    people: [{ id: 'ivo-p', name: 'Ivo Person', accounts, linkedBy: 'Una Officer', linkedOn: '2026-01-01' }],
    services: [{ id: 'robot-9', purpose: 'Notes', owner: 'Olga Owner', accounts, ...said }],
    leavers: {
      ...{ exportedBy: 'Xenia Exporter', exportedOn: '2026-01-01', system: 'Payroll', filter: 'all' },
      people: [{ account: 'lea.ver', leftOn: '2026-01-01' }],
    },
  });
  const judgement = { ...judged, plan: { ...judged.plan, register } };
  const names = ['Ivo Person', 'Una Officer', 'Olga Owner', 'Xenia Exporter'];
  for (const each of [...names, 'ivo-p', 'quill-77', 'robot-9', 'lea.ver'])
    expect(identifiersIn(`of ${each}, it says`, judgement), each).toEqual([each]);
});

test('whoever is named in what the company says, or was gone through, is found', async () => {
  const judged = await judge(await openArchive(join(demo().dir, 'vault')));
  const declared = Declared.parse({
    attestations: [
      {
        ...{ id: 'none', topic: 'saas-backup', source: 'github', by: 'Una Officer', role: 'Head of IT' },
        ...{ statedOn: '2026-01-01', validUntil: '2026-12-31' },
        stated: { backedUp: false, acceptedBy: 'Abel Accepter' },
      },
    ],
    approvals: {
      ...{ exportedBy: 'Xenia Exporter', exportedOn: '2026-01-01', system: 'Help desk', filter: 'all' },
      approvals: [
        {
          ...{ source: 'github', subject: 'joi.ner', reference: 'REQ-7', approvedBy: 'Aron Approver' },
          ...{ approvedOn: '2026-01-01', what: 'an account' },
        },
      ],
    },
    risks: [
      {
        ...{ id: 'one', title: 't', effect: 'e', controls: ['mfa-aws-root'], owner: 'Rita Riskowner' },
        decision: {
          ...{ state: 'taken', what: 'accept', decidedBy: 'Dora Decider', decidedOn: '2026-01-01' },
          reason: 'r',
        },
      },
    ],
    reviews: [
      {
        ...{ id: 'spring', source: 'github', startedOn: '2026-01-01' },
        population: { slot: '20260101T023000Z', count: 1, digest: digest('rows') },
        rows: [
          {
            ...{ subject: 'id-of-lea', name: 'lea.gone', reviewer: 'Rex Reviewer' },
            ...{ decision: 'keep', decidedOn: '2026-01-01' },
          },
        ],
      },
    ],
  });
  const policy = Policy.parse({
    controls: {
      'outside-collaborators-reviewed': {
        sponsored: { 'fay-out': { sponsor: 'Sam Sponsor', until: '2026-12-31' } },
      },
    },
    clauses: {
      'outside-collaborators-reviewed': {
        sponsored: { clause: '4.2', approver: 'Clara Clause', approvedOn: '2026-01-01' },
      },
    },
  });
  const judgement = { ...judged, plan: { ...judged.plan, declared, policy } };
  const people = ['Una Officer', 'Abel Accepter', 'Xenia Exporter', 'Aron Approver'];
  const others = ['Rita Riskowner', 'Dora Decider', 'Rex Reviewer', 'Sam Sponsor', 'Clara Clause'];
  for (const each of [...people, ...others, 'joi.ner', 'id-of-lea', 'lea.gone', 'fay-out'])
    expect(identifiersIn(`of ${each}, it says`, judgement), each).toEqual([each]);
});

describe('what it counts', { timeout: 120_000 }, () => {
  const trust = () => readTrust(join(demo().dir, 'trust'));
  const anchors = () => ['--trust', join(demo().dir, 'trust')];

  /** The packet with other counts, by somebody who holds the packet key. */
  async function forged(): Promise<string> {
    const files = await filesIn(demo().packet('insurer'));
    edit(files, /metrics\.csv$/, ',fail,', ',pass,');
    return packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
  }

  test('is signed and not derived where there is no twin, and is said to be so', async () => {
    expect(await verifyPacket(demo().packet('insurer'), await trust())).toMatchObject({ derived: false });
    const { code, stdout } = await exhibit(['verify', demo().packet('insurer'), ...anchors()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/signed: .* its counts were not derived here/);
    expect(stdout).not.toContain('follows from its evidence');
  });

  test('follows from the evidence of the twin', async () => {
    const args = ['verify', demo().packet('insurer'), ...anchors(), '--against'];
    const { code, stdout } = await exhibit([...args, demo().packet('insurer-private')]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('follows from its evidence')]);
    const none = await exhibit([...args, demo().packet('insurer')]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('holds no evidence to compare')]);
  });

  test('is refused where the twin gives other counts, or is the twin of another', async () => {
    const twin = demo().packet('insurer-private');
    expect(failures(await verifyWithTwin(await forged(), twin, await trust()))).toEqual(['twin']);
    const other = await verifyWithTwin(demo().packet('insurer'), demo().packet('soc2-type1'), await trust());
    expect(failures(other)).toEqual(['twin']);
  });
});

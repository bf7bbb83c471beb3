import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { planOf } from '../../scheduler/plan.ts';
import { loadConfiguration } from '../../service/config/load.ts';
import { plain } from '../scheduler/support.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'exhibit-declared-'));
});

afterEach(() => rm(dir, { recursive: true }));

const head = `organization: { name: Example Company, slug: example }
sources:
  - { id: plain-one, collector: plain, url: http://127.0.0.1:1, token: { file: secrets/token } }
`;
const origin = 'exportedBy: Bo Example, exportedOn: 2026-01-31, system: Help desk';
const approvals = `approvals: { file: approved.csv, ${origin}, filter: all }\n`;
const matrix = `companyControls: { file: matrix.csv, ${origin} }\n`;
const said = 'by: Ada Example, role: Head of IT, statedOn: 2026-01-02, validUntil: 2026-12-31';
const system = 'declaredBy: Bo Example, declaredOn: 2026-01-31';
const columns = 'source,subject,reference,approved_by,approved_on,what\n';
const matrixColumns = 'id,wording,owner,frequency,criteria,controls\n';

async function load(text: string, files: Readonly<Record<string, string>> = {}) {
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content);
  const path = join(dir, 'exhibit.yaml');
  await writeFile(path, head + text);
  return planOf(loadConfiguration(path, { collectors: [plain], controls, environment: {} }).setup);
}

async function refusal(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const error: unknown = await load(text, files).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message.replaceAll(dir, '');
}

test('what people say is pinned in the plan of a slot, a file by its digest', async () => {
  const { declared, policy } = await load(
    `attestations: said.yaml
entities: [{ id: us, name: Example Company, sources: [{ source: plain-one, since: 2024-01-01 }], ${system} }]
risks: [{ id: loss, title: Loss, effect: It hurts, controls: [restore-tested], owner: Ada, decision: { state: wanted, what: Money, by: 2026-12-31 } }]
policy:
  controls: { restore-tested: { maxAgeDays: 92 } }
  clauses: { restore-tested: { maxAgeDays: { clause: '4.2', approver: Bo Example, approvedOn: 2026-01-01 } } }
${approvals}${matrix}`,
    {
      'said.yaml': `- { id: plan, topic: incident-plan, ${said}, file: plan.pdf, stated: { version: '4', datedOn: 2026-01-01, exercisedOn: null } }\n`,
      'plan.pdf': 'the plan',
      'approved.csv': `${columns}plain-one,ada,REQ-1,Bo Example,2026-01-15,an account\r\n`,
      'matrix.csv': `${matrixColumns}A-1,"Copies, tried",Ada,yearly,CC7.5; A1.3,restore-tested\nA-2,Conduct,Bo,yearly,,\n`,
    },
  );
  expect(declared).toMatchObject({
    attestations: [{ id: 'plan', file: { name: 'plan.pdf', digest: digest('the plan'), bytes: 8 } }],
    approvals: { exportedBy: 'Bo Example', approvals: [{ subject: 'ada', approvedOn: '2026-01-15' }] },
    entities: [{ name: 'Example Company' }],
    risks: [{ id: 'loss' }],
    companyControls: {
      controls: [
        { id: 'A-1', criteria: ['CC7.5', 'A1.3'], controls: ['restore-tested'] },
        { id: 'A-2', criteria: [], controls: [] },
      ],
    },
  });
  expect(policy.clauses).toMatchObject({ 'restore-tested': { maxAgeDays: { clause: '4.2' } } });
});

test('nobody having said anything is on record as that', async () => {
  expect((await load('')).declared).toEqual({
    attestations: [],
    approvals: null,
    entities: [],
    subservices: [],
    companyControls: null,
    risks: [],
    reviews: [],
    frameworks: {},
  });
});

test('what is said of frameworks is pinned, too', async () => {
  const { declared } = await load('frameworks: frameworks.yaml\n', {
    'frameworks.yaml': `csf: { ${system}, targets: { PR: All of it, PR.AA-03: Keys } }
hipaa: { ${system}, systems: [{ name: Results, source: plain-one }], agreements: [{ with: Bluebell, about: Calls, signedOn: 2026-01-01 }] }
iso27001: { ${system}, controls: { A.7.1: { applies: false, because: No offices } } }
`,
  });
  expect(declared.frameworks).toMatchObject({
    csf: { targets: { PR: 'All of it' } },
    hipaa: { systems: [{ name: 'Results' }], addressable: {} },
    iso27001: { controls: { 'A.7.1': { applies: false } } },
  });
});

const backup = (more: string) =>
  `attestations:\n  - { id: a, topic: saas-backup, ${said}, ${more}, stated: { backedUp: false } }\n`;
const connected = (more: string) => `systems:\n  - { id: a, name: A, ${more}, ${system} }\n`;

const of = (framework: string, more: string) => `frameworks:\n  ${framework}: { ${system}, ${more} }\n`;

test.each([
  ['a target of nothing', of('csf', 'targets: { PR.ZZ: x }'), /line 5: .*NIST CSF 2\.0 has no function/],
  ['a half id', of('csf', 'targets: { P: x }'), /NIST CSF 2\.0 has no function/],
  [
    'another source',
    of('hipaa', 'systems: [{ name: a, source: plain-two }]'),
    /there is no source plain-two$/,
  ],
  [
    'an agreement that ends first',
    of('hipaa', 'agreements: [{ with: a, about: b, signedOn: 2026-01-02, until: 2026-01-01 }]'),
    /cannot end before it is signed$/,
  ],
  [
    'a required specification left aside',
    of('hipaa', "addressable: { '164.312(a)(2)(i)': { decision: not-reasonable, because: x } }"),
    /no addressable specification of this id$/,
  ],
  [
    'another control of Annex A',
    of('iso27001', 'controls: { A.9.1: { applies: true, because: x } }'),
    /Annex A has no control/,
  ],
  [
    'a topic that there is not',
    `attestations:\n  - { id: a, topic: weather, ${said}, stated: { text: x } }\n`,
    /^exhibit\.yaml line 5: attestations\[0\]\.topic: /,
  ],
  [
    'a statement of a source that there is not',
    backup('source: plain-two'),
    /line 5: .*no source plain-two$/,
  ],
  [
    'a statement of a source of another kind',
    backup('source: plain-one'),
    /line 5: .*saas-backup is stated of a source of microsoft365 or github$/,
  ],
  [
    'a statement that ends before it is made',
    backup('source: plain-one').replace('2026-12-31', '2026-01-01'),
    /validUntil: it cannot end before it is stated$/,
  ],
  [
    'a file that is not there',
    `attestations:\n  - { id: a, topic: other, ${said}, file: no.pdf, stated: { text: x } }\n`,
    /line 5: attestations\[0\]\.file: the file cannot be read/,
  ],
  [
    'a source of two entities',
    `entities:\n  - { id: a, name: A, sources: [{ source: plain-one, since: 2024-01-01 }], ${system} }\n  - { id: b, name: B, sources: [{ source: plain-one, since: 2024-01-01 }], ${system} }\n`,
    /line 6: .*plain-one is that of A already$/,
  ],
  ['a system that is read by no source', connected('state: connected'), /line 5: .*belong together/],
  ['a system that another source reads', connected('state: connected, source: x'), /line 5: .*no source x$/],
  ['a pattern that fits anything', connected("state: not-read, covers: ['*a*']"), /must hold four letters/],
  [
    'a risk without a control that there is',
    'risks:\n  - { id: a, title: A, effect: E, controls: [x], owner: O, decision: { state: wanted, what: W, by: 2026-12-31 } }\n',
    /line 5: risks\[0\]\.controls: there is no control x$/,
  ],
  [
    'a clause about a value that is not set',
    "policy:\n  clauses: { restore-tested: { maxAgeDays: { clause: '4', approver: B, approvedOn: 2026-01-01 } } }\n",
    /line 5: policy\.clauses\.restore-tested\.maxAgeDays: the policy sets no such value/,
  ],
  [
    'an exception that was accepted before it was found',
    'exceptions:\n  - { id: a, control: restore-tested, subjects: [x], class: c, owner: o, approver: p, reason: r, safeguard: { text: t }, start: 2026-01-01, end: 2026-02-01, openedOn: 2026-01-02 }\n',
    /line 5: .*openedOn: a weakness cannot be accepted before it was found$/,
  ],
])('%s is refused with its line', async (_, text, what) => {
  expect(await refusal(text)).toMatch(what);
});

const reviews = (more = '') =>
  `reviews: [{ id: a, source: plain-one, startedOn: 2026-01-02, file: rows.csv, population: { slot: s, count: 1, digest: ${digest('')} }${more} }]\n`;
const reviewHead = 'subject,name,reviewer,decision,decided_on\n';

test('the rows of a review are pinned, without what keeps a spreadsheet from calculating', async () => {
  const rows = `${reviewHead}1,'=ada,Bo Example,keep,2026-01-03\n2,bo,,,\n`;
  const { declared } = await load(reviews(), { 'rows.csv': rows });
  expect(declared.reviews[0]!.rows).toEqual([
    { subject: '1', name: '=ada', reviewer: 'Bo Example', decision: 'keep', decidedOn: '2026-01-03' },
    { subject: '2', name: 'bo', reviewer: '', decision: '', decidedOn: '' },
  ]);
});

test.each([
  [
    'a decision that there is not',
    reviews(),
    '1,a,Bo,maybe,2026-01-03',
    /rows\.csv, row 2: decision has not its form$/,
  ],
  ['a signature without its day', reviews(', signedOffBy: Bo'), '', /line 4: .*give both or neither$/],
  [
    'another source',
    reviews().replace('plain-one', 'x'),
    '',
    /line 4: reviews\[0\]\.source: there is no source x$/,
  ],
])('a review with %s is refused', async (_, text, row, what) => {
  expect(await refusal(text, { 'rows.csv': `${reviewHead}${row}\n` })).toMatch(what);
});

test.each([
  [
    'another source',
    'plain-two,ada,R,Bo,2026-01-15,x',
    '/approved.csv, row 2: there is no source of this name',
  ],
  ['no date', 'plain-one,ada,R,Bo,15.1.,x', '/approved.csv, row 2: approved_on has not its form'],
  [
    'a day after the list was exported',
    'plain-one,ada,R,Bo,2026-02-01,x',
    '/approved.csv, row 2: it was approved after the list was exported',
  ],
  ['nobody', 'plain-one,ada,R,,2026-01-15,x', '/approved.csv, row 2: approved_by has not its form'],
])('an approval of %s is refused with its row', async (_, row, what) => {
  expect(await refusal(approvals, { 'approved.csv': `${columns}${row}\n` })).toBe(what);
});

test.each([
  ['a control that there is not', 'A,w,o,f,c,x', '/matrix.csv, row 2: it names a control that there is not'],
  ['one id twice', 'A,w,o,f,c,\nA,w,o,f,c,', '/matrix.csv, row 3: this id is there twice'],
])('a matrix with %s is refused with its row', async (_, rows, what) => {
  expect(await refusal(matrix, { 'matrix.csv': `${matrixColumns}${rows}\n` })).toBe(what);
});

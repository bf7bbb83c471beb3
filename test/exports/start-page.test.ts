import { join } from 'node:path';
import { expect, test } from 'vitest';
import { frameworks } from '../../controls/framework.ts';
import { digest } from '../../evidence-model/digest.ts';
import { bytesOf } from '../../exports/content.ts';
import { pdfText } from '../../exports/documents/pdf/pdf-text.ts';
import type { Profile } from '../../exports/profiles.ts';
import { startPage } from '../../exports/files/start-page.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { openArchive } from '../../vault/files.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { filesOf } from '../support/packet-files.ts';
import { noHistory } from './packet-of.ts';

const demo = demoFolder();

/** The page to print of a packet, as bytes. */
async function printed(profile: Profile, judgement: Judgement): Promise<Buffer> {
  const files = startPage({
    ...{ id: digest('packet'), profile, judgement, frameworks },
    checkpoint: { file: '00000009.note', size: 9, chain: digest('chain') },
    stamps: { slots: [], stamped: [], expected: false },
    authorities: [],
    origin: 'exhibit/0123456789abcdef',
    packetPrincipal: 'packet@exhibit/0123456789abcdef',
    exporter: digest('exporter'),
    ...{ before: null, earlier: null, year: null, period: null, release: null, sample: null, own: noHistory },
    twin: profile === 'insurer' ? { tagmanifest: digest('twin') } : null,
  });
  for await (const { path, content } of files) if (path.endsWith('.pdf')) return bytesOf(content);
  throw new Error('there is no page to print');
}

/** What stands on the first page, and what on the next: the foot of each is written before it. */
function expectOneFirst(bytes: Buffer): void {
  const pages = pdfText(bytes).split(/Page \d+ of \d+/);
  const on = (title: string) => pages.findIndex((page) => page.split('\n').includes(title));
  expect([on('Integrity'), on('Answers in the order of forms')]).toEqual([1, 2]);
}

const pagesOf = (bytes: Buffer) => bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length;

test.each(['a4', 'letter'] as const)(
  'an underwriter starts with one page, and the submission begins behind it; an auditor starts with three (%s)',
  async (paper) => {
    const judged = await judge(await openArchive(join(demo().dir, 'vault')));
    const { plan } = judged;
    const organization = { ...plan.organization, paper };
    expectOneFirst(await printed('insurer', { ...judged, plan: { ...plan, organization } }));
    expect(pagesOf(await printed('soc2-type1', { ...judged, plan: { ...plan, organization } }))).toBe(3);
    // Also where much is declared, much is contradicted, nothing was read of a source, and the clock was given.
    const [answer] = plan.answers;
    const [system] = plan.systems;
    const asked = ['INS-MFA-01', 'INS-MFA-02', 'INS-MFA-04', 'INS-MFA-05', 'INS-ACC-01', 'INS-ACC-02'];
    const worst: Judgement = {
      ...judged,
      rehearsal: true,
      datasets: judged.datasets.filter(({ source }) => !source.startsWith('github')),
      plan: {
        ...plan,
        organization,
        answers: asked.map((question, n) => ({ ...answer!, id: `answer-${n}`, question })),
        systems: (['absent', 'by-hand', 'not-read'] as const).flatMap((state) =>
          Array.from({ length: 30 }, (_, n) => ({ ...system!, id: `${state}-${n}`, state })),
        ),
      },
    };
    const page = await printed('insurer', worst);
    expect(pdfText(page)).toMatch(/5 more answers are contradicted: data\/answers\.csv/);
    expect(pdfText(page)).toContain('REHEARSAL');
    expectOneFirst(page);
  },
);

test('whatever a start page points to is in the packet', async () => {
  for (const profile of ['soc2-type1', 'insurer', 'insurer-private'] as const) {
    const files = await filesOf(demo().packet(profile));
    const page = files.get('00_START_HERE.html')!.toString();
    const links = [...page.matchAll(/ href="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links.length, profile).toBeGreaterThanOrEqual(4);
    const [sections, paths] = [true, false].map((is) => links.filter((link) => link.startsWith('#') === is));
    if (profile === 'insurer') expect(sections).toHaveLength(7);
    for (const link of sections!) expect(page, link).toContain(`<h2 id="${link.slice(1)}">`);
    for (const link of paths!)
      expect(
        [...files.keys()].some((path) => (link.endsWith('/') ? path.startsWith(link) : path === link)),
        `${profile}: ${link}`,
      ).toBe(true);
  }
});

test('an underwriter sees every question counted once', async () => {
  const files = await filesOf(demo().packet('insurer'));
  const said = pdfText(files.get('00_START_HERE.pdf')!);
  const [, table = ''] = /\nOf\n([\s\S]*?)\nFailing and critical\n/.exec(said) ?? [];
  const cells = table.split('\n').filter((cell) => cell !== '');
  expect(cells.length % 10).toBe(0);
  const rows = Array.from({ length: cells.length / 10 }, (_, n) => cells.slice(n * 10, n * 10 + 10));
  const numbers = rows.map((row) => row.slice(2).map(Number));
  for (const row of numbers) expect(row.slice(0, -1).reduce((sum, n) => sum + n, 0)).toBe(row.at(-1));
  expect(numbers.reduce((sum, row) => sum + (row.at(-1) ?? 0), 0)).toBe(70);
});

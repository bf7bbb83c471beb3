import { join } from 'node:path';
import { expect, test } from 'vitest';
import { frameworks } from '../../controls/framework.ts';
import { digest } from '../../evidence-model/digest.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge } from '../../exports/judge.ts';
import { filesOf } from '../../exports/profiles.ts';
import { openArchive } from '../../vault/files.ts';
import { demoFolder } from '../support/demo-folder.ts';

/* What an underwriter gets: counts without names, held against the twin that stays at home. */
const demo = demoFolder();

test('sources may be called as their collectors are', async () => {
  const judged = await judge(await openArchive(join(demo().dir, 'vault')));
  const sources = judged.plan.sources.map((source) => ({ ...source, id: source.collector }));
  const judgement = { ...judged, plan: { ...judged.plan, sources } };
  expect(sources.map(({ id }) => id)).toContain('microsoft365');
  const files = filesOf({
    id: digest('packet'),
    profile: 'insurer',
    judgement,
    frameworks,
    checkpoint: { file: '00000009.note', size: 9, chain: digest('chain') },
    origin: 'exhibit/0123456789abcdef',
    packetPrincipal: 'packet@exhibit/0123456789abcdef',
    exporter: digest('exporter'),
    twin: { name: 'twin.zip', tagmanifest: digest('twin') },
  });
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

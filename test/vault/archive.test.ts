import { describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { parseSums, readAlias, readManifest, sumsOf } from '../../vault/archive.ts';
import { openArchive } from '../../vault/files.ts';
import type { RunManifest } from '../../vault/manifest.ts';
import type { RunLine } from '../../vault/paths.ts';
import { nights, slotOf, source } from './support.ts';

/** A run of a real vault, and what is read of it after its manifest was changed and summed again. */
async function sealedRun() {
  const { dir } = await nights(1);
  const archive = await openArchive(dir);
  for await (const line of archive.ledger()) {
    if (line.type !== 'run') continue;
    const run = await archive.run(line);
    return { run, read: (changed: unknown, as?: Partial<RunLine>) => readChanged(line, changed, as) };
  }
  throw new Error('there is no run');
}

const path = `runs/${slotOf(0)}/${source}/1`;

function readChanged(line: RunLine, changed: unknown, as: Partial<RunLine> = {}): RunManifest {
  const bytes = Buffer.from(JSON.stringify(changed));
  const sums = sumsOf(changed as RunManifest, path, bytes);
  return readManifest({ ...line, manifest: digest(sums), ...as }, path, bytes, sums);
}

describe('the manifest of a run', () => {
  test('is read where it, its sums and the ledger agree', async () => {
    const { run, read } = await sealedRun();
    expect(read(run)).toEqual(run);
    expect(run.predicate.source).toBe(source);
  });

  test.each<[string, (run: RunManifest) => unknown]>([
    ['it is about another slot', (run) => ({ ...run, predicate: { ...run.predicate, slot: slotOf(1) } })],
    ['it is about another attempt', (run) => ({ ...run, predicate: { ...run.predicate, attempt: 2 } })],
    ['it is about another source', (run) => ({ ...run, predicate: { ...run.predicate, source: 'aws-x' } })],
    ['it has another alias', (run) => ({ ...run, predicate: { ...run.predicate, alias: 's-00' } })],
    ['it cites a snapshot that it does not name', (run) => ({ ...run, subject: run.subject.slice(0, 1) })],
    ['it names evidence twice', (run) => ({ ...run, subject: [...run.subject, run.subject[0]] })],
    ['it has a further key', (run) => ({ ...run, note: 'all is well' })],
  ])('is refused where %s, though its sums are right', async (_, change) => {
    const { run, read } = await sealedRun();
    expect(() => read(change(run))).toThrow(IntegrityError);
  });

  test('is refused where its sums are not those of the ledger, or name more than it does', async () => {
    const { run, read } = await sealedRun();
    expect(() => read(run, { manifest: digest('other') })).toThrow(/are not those of the ledger/);
    const bytes = Buffer.from(JSON.stringify(run));
    const more = Buffer.concat([
      sumsOf(run, path, bytes),
      Buffer.from(`${digest('x')}  data/evidence/x.json\n`),
    ]);
    const { slot, alias, attempt } = run.predicate;
    const line = { slot, source: alias, attempt, manifest: digest(more) } as RunLine;
    expect(() => readManifest(line, path, bytes, more)).toThrow(/names other evidence than its sums/);
  });
});

describe('sums', () => {
  const line = `${digest('x')}  data/evidence/x.json\n`;

  test('are read line by line', () => {
    expect(parseSums(Buffer.from(line))).toEqual(new Map([['data/evidence/x.json', digest('x')]]));
  });

  test.each([
    ['cut off', line.slice(0, -1)],
    ['doubled', `${line}${line}`],
    ['in another form', line.replace('  ', ' *')],
    ['empty in one line', `${line}\n`],
  ])('that are %s are refused', (_, text) => {
    expect(() => parseSums(Buffer.from(text))).toThrow(IntegrityError);
  });
});

describe('the object behind an alias', () => {
  const said = { v: 1, of: 'source', alias: 's-0011223344556677', name: source, salt: '00' };
  const line = { alias: said.alias, of: 'source' } as const;
  const read = (value: unknown) => readAlias(Buffer.from(JSON.stringify(value)), line);

  test('holds the name', () => {
    expect(read(said).name).toBe(source);
  });

  test.each([
    ['another alias', { ...said, alias: 's-ffff223344556677' }],
    ['another kind of thing', { ...said, of: 'actor' }],
    ['no name', { ...said, name: undefined }],
    ['no alias at all', [1]],
  ])('is refused where it is about %s', (_, value) => {
    expect(() => read(value)).toThrow(IntegrityError);
  });
});

import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { signCheckpoint } from '../../vault/checkpoint.ts';
import { createVault } from '../../vault/files.ts';
import { createKeys, loadKeys, type Keys } from '../../vault/keys.ts';
import { lineBytes, Reading } from '../../vault/ledger.ts';
import type { NewLine } from '../../vault/ledger-lines.ts';
import { emptyRoot } from '../../vault/merkle.ts';
import { verifyVault } from '../../vault/verify.ts';
import {
  attemptOf,
  edit,
  editLines,
  folder,
  ledgerOf,
  newVault,
  nights,
  now,
  openSlot,
  overwrite,
  pathsIn,
  plainLine,
  readOnce,
  slotOf,
  source,
  writeNight,
} from './support.ts';

const codesOf = async (dir: string) =>
  [...new Set((await verifyVault(dir)).problems.map(({ code }) => code))].sort();

const notesOf = async (dir: string) => (await pathsIn(dir)).filter((path) => path.endsWith('.note'));

/** The object that a run of this vault cites, or its plan, or its alias. */
async function objectOf(dir: string, of: 'artifact' | 'plan' | 'alias'): Promise<string> {
  const ledger = await readFile(ledgerOf(dir), 'utf8');
  const manifest = await readFile(join(dir, `runs/${slotOf(0)}/${source}/1.json`), 'utf8');
  const object = {
    artifact: /evidence\/([0-9a-f]{64})\.json"/.exec(manifest),
    plan: /"plan":"([0-9a-f]{64})"/.exec(ledger),
    alias: /"of":"source","digest":"([0-9a-f]{64})"/.exec(ledger),
  }[of]![1]!;
  return join(dir, 'objects', object.slice(0, 2), `${object}.gz`);
}

describe('a vault', () => {
  test('verifies after some nights, and tells what it holds', async () => {
    const { dir, keys } = await nights(3);
    expect(await verifyVault(dir)).toMatchObject({
      ok: true,
      problems: [],
      facts: {
        lines: 11,
        objects: 10,
        checkpoints: 7,
        runs: 3,
        origin: 'exhibit-test',
        keys: [{ vkey: keys.vkey, signer: keys.signer, until: null, calledBack: null }],
        openSlots: [],
        unsigned: 0,
        authorEstablished: false,
      },
    });
  });

  test('has an author only where its key is one that the reader brought', async () => {
    const { dir, keys } = await nights(1);
    const other = await createKeys(join(await folder(), 'keys'), 'exhibit-test');
    const trust = { vkeys: [other.vkey, keys.vkey] };
    expect(await verifyVault(dir, { trust })).toMatchObject({ ok: true, facts: { authorEstablished: true } });
    expect(await verifyVault(dir, { trust: { vkeys: [other.vkey] } })).toMatchObject({
      ok: false,
      problems: [{ code: 'key' }],
      facts: { authorEstablished: false },
    });
  });

  test('verifies while a slot is open, which it tells', async () => {
    const { dir, vault } = await newVault();
    const alias = await openSlot(vault, slotOf(0), 0);
    await vault.seal(await readOnce(vault, slotOf(0), alias), 'ok');
    await vault.journal({ ...attemptOf(slotOf(0)), attempt: 2, dataset: 'github/members' });
    expect(await verifyVault(dir)).toMatchObject({
      ok: true,
      facts: { openSlots: [slotOf(0)], unsigned: 1 },
    });
  });

  test('verifies again and again while a writer goes on', async () => {
    const { dir, vault } = await newVault();
    const stop = new AbortController();
    const writing = (async () => {
      for (let n = 0; !stop.signal.aborted; n += 1) await vault.put(Buffer.from(`body ${n}`));
    })();
    for (let n = 0; n < 5; n += 1) expect((await verifyVault(dir)).problems).toEqual([]);
    stop.abort();
    await writing;
  });

  test('is not changed by being verified', async () => {
    const { dir } = await nights(1);
    const state = async () =>
      Promise.all((await pathsIn(dir)).map(async (path) => [path, digest(await readFile(join(dir, path)))]));
    const before = await state();
    await verifyVault(dir);
    expect(await state()).toEqual(before);
  });

  test('that is not there is the mistake of whoever asked', async () => {
    const dir = await folder();
    await expect(verifyVault(dir)).rejects.toThrow(OperatorError);
    await expect(verifyVault(join(dir, 'none'))).rejects.toThrow(OperatorError);
  });
});

describe('tampering', () => {
  type Way = readonly [
    what: string,
    codes: readonly string[],
    how: (dir: string, keys: Keys) => Promise<void>,
  ];
  const run = `runs/${slotOf(0)}/${source}/1`;
  const flip = async (path: string) => {
    const bytes = await readFile(path);
    bytes[14]! ^= 1;
    await overwrite(path, bytes);
  };
  const ways: readonly Way[] = [
    ['a byte of evidence', ['object', 'run'], async (dir) => flip(await objectOf(dir, 'artifact'))],
    ['evidence that is gone', ['run'], async (dir) => rm(await objectOf(dir, 'artifact'))],
    ['a plan that is changed', ['object', 'plan'], async (dir) => flip(await objectOf(dir, 'plan'))],
    ['a plan that is gone', ['plan'], async (dir) => rm(await objectOf(dir, 'plan'))],
    ['an alias that is gone', ['alias', 'file', 'run'], async (dir) => rm(await objectOf(dir, 'alias'))],
    [
      'evidence in the place of other evidence',
      ['object', 'plan'],
      async (dir) => overwrite(await objectOf(dir, 'plan'), await readFile(await objectOf(dir, 'alias'))),
    ],
    [
      'bytes hidden behind evidence',
      ['object', 'run'],
      async (dir) => {
        const path = await objectOf(dir, 'artifact');
        await overwrite(path, Buffer.concat([await readFile(path), Buffer.from('hidden')]));
      },
    ],
    [
      'a link in the place of evidence',
      ['file'],
      async (dir) => {
        const path = await objectOf(dir, 'artifact');
        await rename(path, join(dir, '../elsewhere'));
        await symlink(join(dir, '../elsewhere'), path);
      },
    ],
    ['a manifest', ['run'], async (dir) => edit(join(dir, `${run}.json`), '"complete"', '"partial"')],
    [
      'a manifest and its sums',
      ['run'],
      async (dir) => {
        const before = digest(await readFile(join(dir, `${run}.json`)));
        await edit(join(dir, `${run}.json`), '"complete"', '"partial"');
        const after = digest(await readFile(join(dir, `${run}.json`)));
        await edit(join(dir, `${run}.sha256`), before, after);
      },
    ],
    ['a manifest that is gone', ['run'], async (dir) => rm(join(dir, `${run}.json`))],
    ['sums that are gone', ['run'], async (dir) => rm(join(dir, `${run}.sha256`))],
    [
      'a line',
      ['checkpoint', 'file', 'ledger'],
      async (dir) =>
        editLines(dir, (all) => all.with(3, all[3]!.replace('"status":"ok"', '"status":"failed"'))),
    ],
    [
      'a line in the middle that is gone',
      ['checkpoint', 'file', 'ledger'],
      async (dir) => editLines(dir, (all) => all.toSpliced(3, 1)),
    ],
    ['a tail that is cut off', ['checkpoint'], async (dir) => editLines(dir, (all) => all.slice(0, -1))],
    [
      'a tail that is cut off with its checkpoints',
      ['file'],
      async (dir) => {
        await editLines(dir, (all) => all.slice(0, 5));
        for (const note of await notesOf(dir)) if (parseInt(note.slice(-13)) > 5) await rm(join(dir, note));
      },
    ],
    ['an empty ledger', ['checkpoint', 'file', 'ledger'], async (dir) => overwrite(ledgerOf(dir), '')],
    ['no ledger', ['checkpoint', 'file', 'ledger'], async (dir) => rm(ledgerOf(dir))],
    [
      'half a line that is added',
      ['ledger'],
      async (dir) => overwrite(ledgerOf(dir), `${await readFile(ledgerOf(dir), 'utf8')}{"v":1`),
    ],
    ['a line that is added without the key', ['unsigned'], async (dir) => forge(dir, [plainLine])],
    [
      'a slot that is added without the key',
      ['unsigned'],
      async (dir) => {
        const plan = digest('{"plan":"20260301T023000Z"}');
        const how = { kind: 'scheduled', clock: 'system', plan, tsrPrev: null } as const;
        await forge(dir, [{ type: 'slot.open', slot: slotOf(9), seq: 2, due: now().toISOString(), ...how }]);
      },
    ],
    [
      'lines and a checkpoint by a key that the lines themselves bring',
      ['key'],
      async (dir, keys) => {
        const own = await createKeys(join(dir, '../own'), 'exhibit-test');
        await forge(
          dir,
          [{ type: 'key', vkey: own.vkey, signer: own.signer, replaces: keys.vkey }, plainLine],
          own,
        );
      },
    ],
    [
      'a line of the key that excuses missing evidence',
      ['object', 'run'],
      async (dir) => {
        const path = await objectOf(dir, 'artifact');
        const object = digest(`{"night":"${slotOf(0)}"}`);
        expect(path).toContain(object);
        await rm(path);
        const own = await loadKeys(join(dir, '../keys'));
        await forge(dir, [{ type: 'purge', rule: 'retention', objects: [object] }], own);
      },
    ],
    [
      'a checkpoint of the key over another tree',
      ['checkpoint', 'unsigned'],
      async (dir) => forge(dir, [plainLine], await loadKeys(join(dir, '../keys')), emptyRoot),
    ],
    [
      'a checkpoint',
      ['checkpoint'],
      async (dir) => edit(join(dir, (await notesOf(dir))[0]!), 'chain-sha256 ', 'chain-sha256 0'),
    ],
    [
      'a checkpoint under the name of another',
      ['checkpoint'],
      async (dir) => {
        const [a, b] = await notesOf(dir);
        await overwrite(join(dir, a!), await readFile(join(dir, b!)));
      },
    ],
    [
      'the last checkpoint that is gone',
      ['unsigned'],
      async (dir) => rm(join(dir, (await notesOf(dir)).at(-1)!)),
    ],
    [
      'the checkpoint that opened a slot and is gone',
      ['checkpoint'],
      async (dir) => rm(join(dir, (await notesOf(dir)).at(-2)!)),
    ],
    [
      'the checkpoint that closed a slot and is gone',
      ['checkpoint'],
      async (dir) => rm(join(dir, (await notesOf(dir)).at(-3)!)),
    ],
    [
      'all checkpoints that are gone',
      ['unsigned'],
      async (dir) => rm(join(dir, 'ledger/checkpoints'), { recursive: true }),
    ],
    [
      'torn bytes that nobody told of',
      ['ledger'],
      async (dir) => writeFile(join(dir, 'ledger/ledger.torn'), 'x\n'),
    ],
    ['a file beside the runs', ['file'], async (dir) => writeFile(join(dir, 'runs/extra.json'), '{}')],
    [
      'a run that no line tells of',
      ['file'],
      async (dir) => cp(join(dir, `${run}.json`), join(dir, run.replace(/1$/, '2.json'))),
    ],
    ['a file at the top', ['file'], async (dir) => writeFile(join(dir, 'notes.txt'), 'x')],
    [
      'an object under another name',
      ['file'],
      async (dir) => {
        await mkdir(join(dir, 'objects/zz'), { recursive: true });
        await writeFile(join(dir, 'objects/zz/x.gz'), 'x');
      },
    ],
    [
      'an object whose name is not its digest',
      ['object'],
      async (dir) => {
        await mkdir(join(dir, 'objects/00'), { recursive: true });
        await cp(await objectOf(dir, 'plan'), join(dir, `objects/00/${'0'.repeat(64)}.gz`));
      },
    ],
  ];

  test.each(ways)('is found: %s', async (_, codes, tamper) => {
    const { dir, keys } = await nights(2);
    await tamper(dir, keys);
    const report = await verifyVault(dir);
    expect(report.ok).toBe(false);
    expect([...new Set(report.problems.map(({ code }) => code))].sort()).toEqual(codes);
  });

  test('with the name of evidence is found, though it was sealed so', async () => {
    const { dir, vault } = await newVault();
    const alias = await openSlot(vault, slotOf(0), 0);
    const run = await readOnce(vault, slotOf(0), alias);
    const [first, ...others] = run.subject;
    const renamed = { ...first!, name: first!.name.replace('.json', '.bin') };
    await vault.seal({ ...run, subject: [renamed, ...others] }, 'ok');
    const { problems } = await verifyVault(dir);
    expect(problems.map(({ code, text }) => `${code}: ${text}`)).toEqual([
      `run: ${renamed.name} is not where its body belongs`,
    ]);
  });

  test('with the origin is found, though the ledger begins with it', async () => {
    const { keys } = await newVault();
    const dir = join(await folder(), 'vault');
    const other = { ...keys, origin: 'exhibit-other' };
    await (await createVault({ dir, keys: other, now, randomBytes, recovery: null })).close();
    expect(await codesOf(dir)).toContain('key');
  });

  test('with a whole vault made again under a key of its own is found by the key alone', async () => {
    const [ours, theirs] = [await nights(1), await nights(1)];
    expect(await codesOf(theirs.dir)).toEqual([]);
    const report = await verifyVault(theirs.dir, { trust: { vkeys: [ours.keys.vkey] } });
    expect(report.problems).toMatchObject([{ code: 'key' }]);
  });
});

describe('a slot', () => {
  const how = { kind: 'scheduled', clock: 'system', tsrPrev: null, due: now().toISOString() } as const;
  const close = { type: 'slot.close', status: 'ok', runs: 0 } as const;
  const gap = {
    type: 'gap',
    due: now().toISOString(),
    noticed: now().toISOString(),
    reason: 'not-running',
  } as const;
  const ways: readonly (readonly [string, string, (plan: NewLine & { type: 'slot.open' }) => NewLine[]])[] = [
    ['whose number leaves a hole', 'seq', () => [{ ...gap, slot: slotOf(1), seq: 2 }]],
    ['whose number was there already', 'seq', () => [{ ...gap, slot: slotOf(1), seq: 0 }]],
    ['that is accounted for twice', 'slot', () => [{ ...gap, slot: slotOf(0), seq: 1 }]],
    ['that is closed twice', 'slot', () => [{ ...close, slot: slotOf(0), seq: 0 }]],
    ['that is closed and was never opened', 'slot', () => [{ ...close, slot: slotOf(5), seq: 1 }]],
    [
      'that is closed with fewer runs than it had',
      'slot',
      (open) => [open, { ...close, slot: open.slot, seq: open.seq, runs: 1 }],
    ],
    [
      'that stays open when the next is opened',
      'slot',
      (open) => [open, { ...open, slot: slotOf(2), seq: 2 }, { ...close, slot: slotOf(2), seq: 2 }],
    ],
  ];
  test.each(ways)('%s is a problem, though every line is signed', async (_, code, lines) => {
    const { dir, vault } = await newVault();
    await writeNight(vault, slotOf(0), 0);
    const plan = await vault.put(Buffer.from('{}'));
    for (const line of lines({ type: 'slot.open', slot: slotOf(1), seq: 1, plan, ...how })) {
      await vault.append(line);
      await vault.checkpoint();
    }
    await vault.close();
    expect(await codesOf(dir)).toEqual([code]);
  });

  /** Opens a slot by hand at this time, with what the ledger says before it. */
  const openedAt = async (time: string, lines: readonly NewLine[]) => {
    const clock = { now: new Date('2026-03-02T02:00:00Z') };
    const { dir, vault } = await newVault(() => clock.now);
    await vault.append(nightly);
    for (const line of lines) await vault.append(line);
    clock.now = new Date(time);
    const plan = await vault.put(Buffer.from('{}'));
    const slot = `${slotOf(9)}-m1`;
    await vault.append({ type: 'slot.open', slot, seq: lines.length, plan, ...how, kind: 'manual' });
    await vault.checkpoint();
    await vault.append({ ...close, slot, seq: lines.length });
    await vault.close();
    return (await verifyVault(dir)).problems.map(({ code, where }) => [code, where]);
  };
  const nightly = {
    type: 'schedule',
    id: 'nightly',
    cron: '30 2 * * *',
    timeZone: 'UTC',
    firstDue: '2026-03-02T02:30:00.000Z',
    graceMinutes: 60,
    sources: [],
  } satisfies NewLine;
  const second = { ...gap, slot: slotOf(1), seq: 0, due: '2026-03-02T02:30:00.000Z' };

  test('that the schedule made due and that the ledger does not speak of is a problem once another is opened', async () => {
    expect(await openedAt('2026-03-04T03:00:00Z', [])).toEqual([
      ['slot', slotOf(1)],
      ['slot', slotOf(2)],
    ]);
    expect(await openedAt('2026-03-04T03:00:00Z', [second])).toEqual([['slot', slotOf(2)]]);
    expect(await openedAt('2026-03-03T03:00:00Z', [second])).toEqual([]);
  });

  test('that a schedule would leave out by beginning later is a problem', async () => {
    const { dir, vault } = await newVault();
    await vault.append({ ...nightly, firstDue: '2026-03-05T02:30:00.000Z' });
    await vault.close();
    expect((await verifyVault(dir)).problems).toMatchObject([{ code: 'slot', where: 'line 1' }]);
  });
});

/** Adds lines as somebody would who may write to the folder; with keys, also the checkpoint that signs them. */
async function forge(dir: string, lines: readonly NewLine[], keys?: Keys, root?: Buffer): Promise<void> {
  const reading = new Reading();
  let text = await readFile(ledgerOf(dir), 'utf8');
  for (const line of text.trimEnd().split('\n')) reading.take(Buffer.from(line));
  for (const line of lines) {
    const bytes = lineBytes(line, reading.size, now(), reading.chain);
    reading.take(bytes);
    text += `${bytes.toString()}\n`;
  }
  await overwrite(ledgerOf(dir), text);
  const { size, chain } = reading;
  if (!keys || chain === '') return;
  const note = signCheckpoint({ origin: 'exhibit-test', size, root: root ?? reading.root, chain }, keys);
  await writeFile(join(dir, `ledger/checkpoints/${String(size).padStart(8, '0')}.note`), note);
}

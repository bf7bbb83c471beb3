import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { buildPacket } from '../../exports/packet.ts';
import { profiles, type AskedProfile } from '../../exports/profiles.ts';
import { recordAuthorities } from '../../scheduler/authorities.ts';
import { Book } from '../../scheduler/book.ts';
import type { Night } from '../../scheduler/night.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { checkpointFile, checkpointSize, signCheckpoint } from '../../vault/checkpoint.ts';
import { openVault } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';
import { ledgerPath, Reading } from '../../vault/ledger.ts';
import { anchorsOf, writeTrust } from '../../vault/trust-folder.ts';
import type { Vault } from '../../vault/vault.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';
import { localStamping } from '../support/stamping.ts';

/*
 * A company with a vault of some nights, stamped by an authority whose clock is honest, and what somebody can do who holds
 * every key of it: write its ledger again, in another order or with other words.
 */
const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const beganAt = '2026-03-01T12:00:00Z';
export const nights = 6;
const hourMs = 3_600_000;
export const nightOf = (n: number) => `202603${String(n + 2).padStart(2, '0')}T023000Z`;

type Stamping = Awaited<ReturnType<typeof localStamping>>['stamping'];

/** A world whose nights pass one by one, each in every vault of it. */
export async function openWorld({ behindMs = 0, parallel = false } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-matrix-'));
  const clock = new Clock(beganAt);
  const honest = () => new Date(clock.now().getTime() + behindMs);
  const server = await startPlain();
  const local = await localStamping(honest, ['local'], honest);
  const bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  const keys = await loadKeys(join(bench.dir, 'keys'));
  const opened = (vault: string) => openVault({ dir: vault, keys, now: clock.now, randomBytes });

  const vaults = new Map<string, Vault>([['vault', bench.vault]]);
  if (parallel) {
    const other = join(dir, 'parallel');
    await bench.vault.checkpoint();
    await cp(bench.vaultDir, other, { recursive: true, filter: (path) => !/lock\.sqlite/.test(path) });
    vaults.set('parallel', await opened(other));
  }
  const night = async (vault: Vault): Promise<Night> =>
    bench.night({ stamping: local.stamping, book: await Book.open(vault) });
  for (const vault of vaults.values()) {
    const { book, setup } = await night(vault);
    await recordAuthorities(book, local.stamping);
    await recordSchedule(book, setup, timetable, clock.now());
  }
  for (let n = 0; n < nights; n += 1) {
    clock.set(new Date(Date.parse(beganAt) + (14.5 + 24 * n) * hourMs).toISOString());
    // One night everything was denied.
    if (n === 2) for (const path of ['/things', '/log']) server.denied.add(path);
    for (const vault of vaults.values()) await tick(await night(vault), clock.now());
    server.denied.clear();
    // What is left of it is what somebody would go back to who wants to hide the nights after.
    if (n === 3) await cp(bench.vaultDir, join(dir, 'cut'), { recursive: true });
  }
  clock.set(new Date(clock.now().getTime() + hourMs).toISOString());
  const trust = join(dir, 'trust');
  await writeTrust(trust, await anchorsOf(bench.vault));

  const packets = async (
    vault: Vault,
    vaultDir: string,
    profile: AskedProfile,
    stamp = (imprint: Digest) => local.stamping.stamp(imprint, []),
  ): Promise<string[]> => {
    const out = await mkdtemp(join(dir, 'packets-'));
    await buildPacket({
      ...{ vault: vaultDir, archive: vault, keys, profile, asOf: null, out: { folder: out } },
      ...{ writer: vault, stamp },
    });
    return (await readdir(out)).filter((name) => name.endsWith('.zip')).map((name) => join(out, name));
  };
  /** The packet of a vault that somebody wrote again, made by the very program that makes any. */
  const packetOf = async (vaultDir: string): Promise<string> => {
    await rm(join(vaultDir, 'lock.sqlite'), { force: true });
    const vault = await opened(vaultDir);
    try {
      return (await packets(vault, vaultDir, 'soc2-type1'))[0] ?? '';
    } finally {
      await vault.close();
    }
  };
  /**
   * The packet of a vault without its last nights, by a clock that stands where they begin, with a stamp by that clock of
   * an authority that is the company's own beside the honest one.
   */
  const backdated = async (vaultDir: string): Promise<string> => {
    await rm(join(vaultDir, 'lock.sqlite'), { force: true });
    const last = (await readFile(join(vaultDir, 'ledger/ledger.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .at(-1)!;
    const at = new Date(Date.parse((JSON.parse(last) as { t: string }).t) + 60_000);
    const own = await localStamping(() => at, ['own']);
    const vault = await openVault({ dir: vaultDir, keys, now: () => at, randomBytes });
    try {
      const authorities = [...local.stamping.authorities, ...own.authorities];
      await recordAuthorities(await Book.open(vault), { ...own.stamping, authorities });
      const both = async (imprint: Digest) =>
        (await Promise.all([local, own].map(({ stamping }) => stamping.stamp(imprint, [])))).flat();
      return (await packets(vault, vaultDir, 'soc2-type1', both))[0] ?? '';
    } finally {
      await vault.close();
      await own.close();
    }
  };
  return {
    ...{ dir, clock, trust, keysDir: join(bench.dir, 'keys'), packetOf, backdated },
    vaultDir: bench.vaultDir,
    /** As the vault was before its last nights. */
    cutDir: join(dir, 'cut'),
    stamping: local.stamping,
    /** Every packet that can be asked for, twins among them. */
    all: async () =>
      (await Promise.all(profiles.map((profile) => packets(bench.vault, bench.vaultDir, profile)))).flat(),
    packet: async () => (await packets(bench.vault, bench.vaultDir, 'soc2-type1'))[0] ?? '',
    parallelPacket: async () =>
      (await packets(vaults.get('parallel')!, join(dir, 'parallel'), 'soc2-type1'))[0] ?? '',
    async close() {
      await vaults.get('parallel')?.close();
      await bench.close();
      await local.close();
      server.close();
      await rm(dir, { recursive: true });
    },
  };
}

type Line = Record<string, unknown> & { readonly n: number; readonly type: string };

/**
 * A copy of a vault whose ledger was written again by somebody with all keys: lines chained, checkpoints signed anew. Its
 * time stamps are those of before, or were asked for just now; then each slot names them, too.
 */
export async function rewritten(
  from: string,
  keysDir: string,
  change: (lines: readonly Line[]) => readonly Line[],
  fresh: Stamping | null,
): Promise<string> {
  const to = await mkdtemp(`${from}-again-`);
  await cp(from, to, { recursive: true, filter: (path) => !/lock\.sqlite|\/index/.test(path) });
  const keys = await loadKeys(keysDir);
  const folder = join(to, 'ledger/checkpoints');
  const names = await readdir(folder);
  const before = new Map<number, Buffer | null>();
  for (const size of names.map(checkpointSize).filter((each) => each !== null)) {
    const token = `${checkpointFile(size)}.local.tsr`;
    before.set(size, names.includes(token) ? await readFile(join(folder, token)) : null);
  }
  await rm(folder, { recursive: true });
  await mkdir(folder);
  const text = await readFile(ledgerPath(from), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const reading = new Reading();
  const kept = change(lines);
  if (JSON.stringify(kept) === JSON.stringify(lines)) throw new Error('nothing of the ledger was changed');
  let again = '';
  let newest: Digest | null = null;
  for (const line of kept) {
    const said = { ...line, n: reading.size, ...('tsrPrev' in line && fresh ? { tsrPrev: newest } : {}) };
    const bytes = Buffer.from(JSON.stringify({ ...said, prev: reading.chain }));
    reading.take(bytes);
    again += `${bytes.toString()}\n`;
    const token = before.get(line.n + 1);
    const { size, root, chain } = reading;
    if (token === undefined || chain === '') continue;
    const note = Buffer.from(signCheckpoint({ origin: keys.origin, size, root, chain }, keys));
    await writeFile(join(folder, checkpointFile(size)), note);
    const [asked] = fresh && token ? await fresh.stamp(digest(note), []) : [];
    const answer = asked?.answer ?? token;
    if (!answer) continue;
    newest = digest(answer);
    await writeFile(join(folder, `${checkpointFile(size)}.local.tsr`), answer);
  }
  await chmod(ledgerPath(to), 0o600);
  await writeFile(ledgerPath(to), again);
  const slots = new Set(kept.map(({ slot }) => slot));
  for (const slot of await readdir(join(to, 'runs')))
    if (!slots.has(slot)) await rm(join(to, 'runs', slot), { recursive: true });
  return to;
}

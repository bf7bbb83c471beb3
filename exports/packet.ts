import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { frameworks } from '../controls/framework.ts';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { onDisk } from '../vault/disk.ts';
import type { Keys } from '../vault/keys.ts';
import { inclusionProof, leafOf } from '../vault/merkle.ts';
import type { Archive, Vault } from '../vault/vault.ts';
import { quarterBefore } from './board/before.ts';
import { bagOf, entryOf, signaturePath, sorted, stampPath, type Bag, type BagEntry } from './bag.ts';
import { exporterDigest } from './code-digest.ts';
import { legible } from './documents/legible.ts';
import { cutAt, evidenceOf, ledgerOf, lineOf, type Cut, type JudgementLine } from './evidence.ts';
import type { Packet } from './exporter.ts';
import { identifiersIn } from './identifiers.ts';
import { earlierOf, type Earlier } from './insurer/earlier.ts';
import { refuseNamedClasses } from './insurer/exceptions.ts';
import { idOf, infoOf, lastDay } from './identity.ts';
import { judge, type Judgement } from './judge.ts';
import { filesOf, isOfPeriod, thinOf, type AskedProfile, type Profile } from './profiles.ts';
import { signFile } from './sshsig.ts';
import { authoritiesOf, stampsBefore } from './stamps.ts';
import { factsText, periodFacts, type PeriodAsked, type PeriodFacts } from './type2/period-facts.ts';
import { writeZip } from './zip.ts';

export interface BuildOptions {
  /** Folder of the vault. */
  readonly vault: string;
  readonly archive: Archive;
  readonly keys: Keys;
  readonly profile: AskedProfile;
  readonly asOf: string | null;
  /** Of a profile that tells of one: which. */
  readonly period?: PeriodAsked;
  /** Folder for the packets, or the path of the one file. */
  readonly out: { readonly folder: string } | { readonly file: string };
  /** Where it is told in the ledger what is judged by which code, and that a packet was made of it. */
  readonly writer: Pick<Vault, 'append' | 'checkpoint'>;
  /** Has a tag manifest stamped, or gives the stamps that it got before; none, where nobody stamps. */
  readonly stamp?: (tagmanifest: Digest) => Promise<readonly PacketStamp[]>;
}

export interface PacketStamp {
  readonly authority: string;
  readonly answer: Uint8Array;
}

export interface Built {
  readonly id: string;
  readonly path: string;
  /** Of one without evidence: the one that has all of it, which stays home. */
  readonly privatePath: string | null;
}

export type WriteOptions = Pick<BuildOptions, 'out' | 'keys' | 'writer' | 'stamp'>;

/** Builds a packet from the vault alone. It fails rather than leave a file out; a half packet never has a packet's name. */
export async function buildPacket(options: BuildOptions): Promise<Built> {
  const { archive, keys, profile, vault } = options;
  // All that was folded is let go before the last night is judged: both are long.
  const { period, asOf } = await periodAsked(options);
  const judgement = await judge(archive, asOf === null ? {} : { asOf });
  const exporter = await exporterDigest();
  const said = period && digest(factsText(period));
  const cut = await pinned(options, lineOf(judgement, exporter, said));
  const { stamps, entries: stampEntries } = await stampsBefore(vault, archive, cut);
  const base = {
    judgement,
    frameworks,
    stamps,
    authorities: [...authoritiesOf(cut.lines.map(({ line }) => line)).keys()].sort(),
    origin: keys.origin,
    packetPrincipal: keys.packetPrincipal,
    exporter,
  };
  const packetOf = (
    kind: Profile,
    twin: Packet['twin'],
    then: Pick<Packet, 'before' | 'earlier'> = { before: null, earlier: null },
  ): Packet => ({
    ...base,
    profile: kind,
    id: idOf(kind, judgement, cut, exporter, period),
    checkpoint: cut,
    ...{ twin, ...then, period, release: null },
  });
  const full = async (kind: Profile) => {
    const packet = packetOf(kind, null);
    return {
      packet,
      bag: bagged(packet, [
        ...(await written(packet)),
        ...(await evidenceOf(vault, archive, judgement, cut, period?.inside ?? [])),
        ...tagsOf(keys, cut),
        ...stampEntries,
      ]),
    };
  };
  const thin = thinOf(profile);
  if (profile === 'insurer') refuseNamedClasses(judgement);
  if (!thin) {
    const { packet, bag } = await full(profile);
    return { id: packet.id, path: await write(options, packet, bag), privatePath: null };
  }
  const twin = await full(thin.sealedTo);
  const before = thin.compares === 'quarter' ? await quarterBefore(archive, judgement) : null;
  const told = cut.lines.map(({ line }) => line);
  const earlier = thin.compares === 'application' ? await earlierOf(archive, told, judgement) : null;
  const packet = packetOf(profile, { tagmanifest: twin.bag.tagmanifest.sha256 }, { before, earlier });
  const files = await written(packet);
  const paths = files.map(({ path }) => path);
  if (new Set(paths).symmetricDifference(new Set(thin.paths)).size > 0)
    throw new Error(`a packet for ${profile} would hold ${paths.join(', ')}, and no others know that`);
  const bag = bagged(packet, [
    ...files,
    entryOf('data/inclusion.json', inclusionOf(judgement, cut, earlier)),
    entryOf(`ledger/checkpoints/${cut.file}`, cut.note),
    ...keyTags(keys),
  ]);
  if (thin.names === 'none') await refuseIdentifiers(packet, bag.entries);
  // The twin is written first: a packet without evidence never exists without what it is sealed to.
  const privatePath = await write({ ...options, out: { folder: folderOf(options) } }, twin.packet, twin.bag);
  return { id: packet.id, path: await write(options, packet, bag), privatePath };
}

/** What is said of the period that is asked for, and as of when; nothing is of a profile that tells of none. */
async function periodAsked({
  archive,
  profile,
  asOf,
  period,
}: BuildOptions): Promise<{ readonly period: PeriodFacts | null; readonly asOf: string | null }> {
  if (isOfPeriod(profile) !== (period !== undefined))
    throw new OperatorError(
      period
        ? `a packet for ${profile} tells of one moment: leave --from, --to and --night out`
        : `a packet for ${profile} tells of a period: give its first day and the day after its last with --from and --to`,
    );
  if (!period) return { period: null, asOf };
  const { facts, asOf: cutAt } = await periodFacts(archive, asOf, period);
  return { period: facts, asOf: cutAt };
}

/**
 * The ledger up to where it says, signed, what judges and what comes of it. The key that signs packets must not be able
 * to claim other code, which nobody could then judge again by, or other results: so another key signs both before.
 */
async function pinned({ vault, keys, writer }: BuildOptions, judged: JudgementLine): Promise<Cut> {
  const before = await cutAt(vault, judged, keys.vkey);
  if (before) return before;
  await writer.append({ type: 'judgement', ...judged });
  await writer.checkpoint();
  const cut = await cutAt(vault, judged, keys.vkey);
  if (!cut) throw new IntegrityError(`the vault in ${vault} does not hold what was just written into it`);
  return cut;
}

function bagged(packet: Packet, entries: readonly BagEntry[]): Bag {
  return bagOf(entries, infoOf(packet));
}

/** Every file that its profile writes. */
export async function written(packet: Packet): Promise<BagEntry[]> {
  const entries: BagEntry[] = [];
  for await (const { path, content } of filesOf(packet)) entries.push(entryOf(path, content));
  return entries;
}

function keyTags(keys: Keys): BagEntry[] {
  return [
    entryOf('keys/allowed_signers', `${keys.allowedSigner}\n`),
    entryOf('keys/log.vkey', `${keys.vkey}\n`),
  ];
}

function tagsOf(keys: Keys, cut: Cut): BagEntry[] {
  return [
    ...keyTags(keys),
    entryOf('ledger/ledger.jsonl', ledgerOf(cut)),
    entryOf(`ledger/checkpoints/${cut.file}`, cut.note),
  ];
}

function nameOf({ judgement, profile, id, period }: Packet): string {
  const of = period ? `${period.asked.from}--${lastDay(period.asked)}` : judgement.asOf.slice(0, 10);
  return `${judgement.plan.organization.slug}_${profile}_${of}_${id.slice(0, 8)}.zip`;
}

function folderOf({ out }: BuildOptions): string {
  return 'folder' in out ? out.folder : join(out.file, '..');
}

/** Signs a packet, has it stamped, writes it and tells the ledger. */
export async function write(
  { out, keys, writer, stamp }: WriteOptions,
  packet: Packet,
  bag: Bag,
): Promise<string> {
  const path = 'folder' in out ? join(out.folder, nameOf(packet)) : out.file;
  await onDisk(`the packet ${path} cannot be written`, () => mkdir(join(path, '..'), { recursive: true }));
  const signature = entryOf(signaturePath, signFile(await bag.tagmanifest.read(), keys.packet));
  const stamps = ((await stamp?.(bag.tagmanifest.sha256)) ?? []).map(({ authority, answer }) =>
    entryOf(stampPath(authority), answer),
  );
  // One is enough for a packet that is to be thin.
  const kept = packet.twin ? stamps.slice(0, 1) : stamps;
  await writeZip(path, sorted([...bag.entries, signature, ...kept]));
  await writer.append({
    type: 'export',
    packet: packet.id,
    profile: packet.profile,
    tagmanifest: bag.tagmanifest.sha256,
    actor: null,
  });
  return path;
}

/**
 * RFC 6962 proofs that the lines of the readings stand in the signed ledger. The lines hold no names. What the last
 * application came to stands beside them, because the twin does not have its evidence.
 */
function inclusionOf(
  { datasets, earlier, reviewed }: Judgement,
  { lines, size }: Cut,
  application: Earlier | null,
): string {
  const leaves = lines.map(({ bytes }) => leafOf(bytes));
  const slots = new Set([...datasets, ...earlier, ...reviewed].map(({ slot }) => slot));
  const proven = lines.filter(({ line }) => line.type === 'run' && slots.has(line.slot));
  const proofs = proven.map(({ bytes, line }) => ({
    index: line.n,
    line: Buffer.from(bytes).toString(),
    proof: inclusionProof(leaves, line.n).map((hash) => hash.toString('base64')),
  }));
  return `${JSON.stringify({ size, proofs, ...(application && { earlier: application }) }, null, 1)}\n`;
}

/** Nothing that tells one person, account or system from another may leave in such a packet. */
export async function refuseIdentifiers(
  { judgement, profile, release }: Packet,
  entries: readonly BagEntry[],
): Promise<void> {
  // Whoever releases it does so by name.
  const signers = release?.statements.flatMap(({ name, role }) => [name, role]) ?? [];
  for (const { path, read } of entries) {
    const hit = identifiersIn(legible(path, await read()), judgement).find(
      (found) => !signers.some((each) => each.includes(found)),
    );
    if (hit !== undefined)
      throw new OperatorError(
        `the packet for ${profile} was not built: ${path} would hold ${hit}, which identifies someone or something`,
      );
  }
}

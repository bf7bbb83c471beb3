import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { frameworks } from '../controls/framework.ts';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { onDisk } from '../vault/disk.ts';
import type { Keys } from '../vault/keys.ts';
import type { Archive, Vault } from '../vault/vault.ts';
import { quarterBefore } from './board/before.ts';
import { bagOf, entryOf, signaturePath, stampPath, type BagEntry } from './bag.ts';
import { exporterDigest } from './code-digest.ts';
import { digestOf } from './content.ts';
import { legible } from './documents/legible.ts';
import { cutAt, evidenceOf, ledgerOf, lineOf, type Cut, type JudgementLine } from './evidence.ts';
import type { Packet } from './exporter.ts';
import { identifiersIn } from './identifiers.ts';
import { earlierOf } from './insurer/earlier.ts';
import { refuseNamedClasses } from './insurer/exceptions.ts';
import { idOf, infoOf, lastDay } from './identity.ts';
import { inclusionOf } from './inclusion.ts';
import { judge, type Judgement } from './judge.ts';
import { procedureFiles } from './files/reperform.ts';
import { ownHistory } from './own/own-history.ts';
import { markedBook } from './period/index-file.ts';
import { filesOf, isOfPeriod, thinOf, type AskedProfile, type Profile } from './profiles.ts';
import { missingFile } from './requests/files-serving.ts';
import { servedRequests } from './requests/served.ts';
import { sealedBag } from './sealed-bag.ts';
import { signFile } from './sshsig.ts';
import { authoritiesOf, stampsBefore } from './stamps.ts';
import { factsText, periodFacts, type PeriodAsked, type PeriodFacts } from './type2/period-facts.ts';
import { yearOf } from './views/year.ts';
import { stageZip, type StagedZip } from './zip.ts';

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
  const { period, judgement } = await judged(options);
  const exporter = await exporterDigest();
  const said = period && digestOf(() => factsText(period));
  const cut = await pinned(options, lineOf(judgement, exporter, said));
  const { stamps, entries: stampEntries } = await stampsBefore(vault, archive, cut);
  const base = {
    judgement,
    frameworks,
    stamps,
    own: await ownHistory(
      archive,
      cut.lines.map(({ line }) => line),
    ),
    authorities: [...authoritiesOf(cut.lines.map(({ line }) => line)).keys()].sort(),
    origin: keys.origin,
    packetPrincipal: keys.packetPrincipal,
    exporter,
  };
  const packetOf = (
    kind: Profile,
    twin: Packet['twin'],
    { before = null, year = null, earlier = null }: Partial<Pick<Packet, 'before' | 'year' | 'earlier'>> = {},
  ): Packet => ({
    ...base,
    profile: kind,
    id: idOf(kind, judgement, cut, exporter, { period }),
    checkpoint: cut,
    ...{ twin, before, earlier, year, period, release: null, sample: null },
  });
  const full = async (kind: Profile) => {
    const packet = packetOf(kind, null);
    const bag = bagged(packet, [
      ...(await written(packet)),
      ...(await evidenceOf(vault, archive, judgement, cut, period?.inside ?? [])),
      ...tagsOf(keys, cut),
      ...stampEntries,
    ]);
    const missing = missingFile(
      [...servedRequests(packet), ...procedureFiles(packet)],
      new Set(bag.map(({ path }) => path)),
    );
    if (missing !== null) throw new Error(`a packet for ${kind} would not hold ${missing}`);
    return { packet, bag };
  };
  const thin = thinOf(profile);
  if (profile === 'insurer') refuseNamedClasses(judgement);
  if (!thin) {
    const { packet, bag } = await full(profile);
    return { id: packet.id, path: await write(options, packet, bag), privatePath: null };
  }
  const whole = await full(thin.sealedTo[0]);
  const twin = await staged({ ...options, out: { folder: folderOf(options) } }, whole.packet, whole.bag);
  try {
    const before = thin.compares === 'quarter' ? await quarterBefore(archive, judgement) : null;
    const year = thin.compares === 'year' ? await yearOf(archive, judgement) : null;
    const told = cut.lines.map(({ line }) => line);
    const earlier = thin.compares === 'application' ? await earlierOf(archive, told, judgement) : null;
    const packet = packetOf(profile, { tagmanifest: twin.tagmanifest }, { before, year, earlier });
    const files = await written(packet);
    const paths = files.map(({ path }) => path);
    if (new Set(paths).symmetricDifference(new Set(thin.paths)).size > 0)
      throw new Error(`a packet for ${profile} would hold ${paths.join(', ')}, and no others know that`);
    const bag = thinBag(packet, files, cut, keys);
    if (thin.names === 'none') await refuseIdentifiers(packet, bag);
    // The twin has its name first: a packet without evidence never exists without what it is sealed to.
    const privatePath = await twin.keep();
    return { id: packet.id, path: await write(options, packet, bag), privatePath };
  } finally {
    await twin.drop();
  }
}

/** What is said of the period that is asked for, and of the night as of which; of a profile that tells of none, of that alone. */
async function judged({
  archive,
  vault,
  keys,
  profile,
  asOf,
  period,
}: BuildOptions): Promise<{ readonly period: PeriodFacts | null; readonly judgement: Judgement }> {
  if (isOfPeriod(profile) !== (period !== undefined))
    throw new OperatorError(
      period
        ? `a packet for ${profile} tells of one moment: leave --from, --to and --night out`
        : `a packet for ${profile} tells of a period: give its first day and the day after its last with --from and --to`,
    );
  if (!period) return { period: null, judgement: await judge(archive, asOf === null ? {} : { asOf }) };
  // The book is let go before the last night is judged: both are long. What was read of manifests and plans is not read again.
  const { facts, ...of } = await periodFacts(archive, asOf, period, (history, controls) =>
    markedBook(vault, history, controls, keys.mark),
  );
  return { period: facts, judgement: await judge(archive, of) };
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

/** Files of a packet without evidence, with what shows that the readings behind it stand in the signed ledger. */
export function thinBag(
  packet: Packet,
  files: readonly BagEntry[],
  cut: Cut,
  keys: Keys,
): readonly BagEntry[] {
  return bagged(packet, [
    ...files,
    entryOf('data/inclusion.json', inclusionOf(packet.judgement, cut, packet.earlier)),
    entryOf(`ledger/checkpoints/${cut.file}`, cut.note),
    ...keyTags(keys),
  ]);
}

function bagged(packet: Packet, entries: readonly BagEntry[]): readonly BagEntry[] {
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

/** A packet that is written, signed and stamped, and has not its name yet. */
interface StagedPacket extends Pick<StagedZip, 'drop'> {
  readonly tagmanifest: Digest;
  /** Gives it its name, which is returned, and tells the ledger. */
  keep(): Promise<string>;
}

async function staged(
  { out, keys, writer, stamp }: WriteOptions,
  packet: Packet,
  bag: readonly BagEntry[],
): Promise<StagedPacket> {
  const path = 'folder' in out ? join(out.folder, nameOf(packet)) : out.file;
  await onDisk(`the packet ${path} cannot be written`, () => mkdir(join(path, '..'), { recursive: true }));
  const sums: Digest[] = [];
  const seal = async (text: Buffer) => {
    const tagmanifest = digest(text);
    sums.push(tagmanifest);
    const stamps = ((await stamp?.(tagmanifest)) ?? []).map(({ authority, answer }) =>
      entryOf(stampPath(authority), answer),
    );
    // One is enough for a packet that is to be thin.
    const kept = packet.twin ? stamps.slice(0, 1) : stamps;
    return [entryOf(signaturePath, signFile(text, keys.packet)), ...kept];
  };
  const zip = await stageZip(path, sealedBag(bag, seal));
  const [tagmanifest] = sums;
  if (tagmanifest === undefined) throw new Error('a packet was written without its tag manifest');
  return {
    tagmanifest,
    drop: () => zip.drop(),
    keep: async () => {
      await zip.keep();
      const { id, profile } = packet;
      await writer.append({ type: 'export', packet: id, profile, tagmanifest, actor: null });
      return path;
    },
  };
}

/** Signs a packet, has it stamped, writes it and tells the ledger. */
export async function write(
  options: WriteOptions,
  packet: Packet,
  bag: readonly BagEntry[],
): Promise<string> {
  const zip = await staged(options, packet, bag);
  try {
    return await zip.keep();
  } finally {
    await zip.drop();
  }
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

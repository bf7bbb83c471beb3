import { readFile } from 'node:fs/promises';
import { frameworks } from '../../controls/framework.ts';
import { digest, Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openCheckpoint } from '../../vault/checkpoint.ts';
import type { Keys } from '../../vault/keys.ts';
import { ledgerPath, readLedger, type RawLine } from '../../vault/ledger.ts';
import type { Archive } from '../../vault/vault.ts';
import { bagInfo } from '../bag.ts';
import { exporterDigest } from '../code-digest.ts';
import { isSame, type Content } from '../content.ts';
import type { Packet } from '../exporter.ts';
import { idOf, infoOf, sealedTwin } from '../identity.ts';
import { judge } from '../judge.ts';
import type { Cut } from '../evidence.ts';
import { ownHistory } from '../own/own-history.ts';
import { filesOf, leaving, thinOf } from '../profiles.ts';
import { sampleSaid } from '../sample/sample.ts';
import { authoritiesOf, stampsBefore } from '../stamps.ts';
import { beforeIn } from '../verify/check-before.ts';
import { earlierIn } from '../verify/check-earlier.ts';
import { periodIn } from '../verify/check-period.ts';
import { cutOf } from '../verify/signed.ts';
import type { ZipReader } from '../verify/zip-reader.ts';
import { yearOf } from '../views/year.ts';

/** A draft as this vault made it: everything that its files follow from, and its tag manifest. */
export interface Draft {
  readonly packet: Packet;
  readonly id: Digest;
  readonly tagmanifest: Digest;
  /** The files that are written anew when it is released; the others stay as they are. */
  readonly written: ReadonlySet<string>;
}

export interface Home {
  readonly vault: string;
  readonly archive: Archive;
  readonly keys: Keys;
}

/** The whole ledger as it stands. */
export async function linesIn(vault: string): Promise<RawLine[]> {
  const lines: RawLine[] = [];
  const bytes = await readFile(ledgerPath(vault));
  for await (const raw of readLedger(once(bytes))) lines.push(raw);
  return lines;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** A packet that this vault made, with what its files follow from. */
export interface Made {
  readonly packet: Packet;
  readonly cut: Cut;
  readonly tagmanifest: Digest;
  readonly released: boolean;
}

/** Reads a packet that this vault made, and derives what it says. Throws `OperatorError` where this vault did not make it. */
export async function readMade(zip: ZipReader, { vault, archive, keys }: Home): Promise<Made> {
  const info = (await zip.read('bag-info.txt')).toString();
  const [, name = '', asOf = '', state] =
    /^External-Description: ([a-z0-9-]+), as of (\S+), (draft|released)$/m.exec(info) ?? [];
  const profile = leaving.find((each) => each === name);
  if (!profile) throw new OperatorError(`a packet ${name} stays with the company, and is not handed over`);
  const tagmanifest = digest(await zip.read('tagmanifest-sha256.txt'));
  const all = await linesIn(vault);
  if (!all.some(({ line }) => line.type === 'export' && line.tagmanifest === tagmanifest))
    throw new OperatorError('this packet was not made from this vault');
  const { file, size } = cutOf(zip);
  const note = await zip.read(file);
  const body = openCheckpoint(note.toString(), keys.vkey);
  if (!body)
    throw new OperatorError('other keys sign since this packet was made: build it again, and use that');
  const cut = {
    file: file.split('/').at(-1) ?? '',
    note,
    size,
    chain: body.chain,
    lines: all.slice(0, size),
  };
  const judgement = await judge(archive, { asOf });
  const exporter = await exporterDigest();
  const { stamps } = await stampsBefore(vault, archive, cut);
  const [, sealed] = new RegExp(`^${sealedTwin}: ([0-9a-f]{64})$`, 'm').exec(info) ?? [];
  const period = (await periodIn(zip, profile))?.facts ?? null;
  const compares = thinOf(profile)?.compares;
  const sample = profile === 'sample' ? await sampleSaid(zip) : null;
  const packet: Packet = {
    id: idOf(profile, judgement, cut, exporter, { period, sample }),
    ...{ profile, judgement, frameworks, exporter, stamps, period, sample, release: null },
    checkpoint: cut,
    own: await ownHistory(
      archive,
      cut.lines.map(({ line }) => line),
    ),
    authorities: [...authoritiesOf(cut.lines.map(({ line }) => line)).keys()].sort(),
    origin: keys.origin,
    packetPrincipal: keys.packetPrincipal,
    twin: sealed === undefined ? null : { tagmanifest: Digest.parse(sealed) },
    before: compares === 'quarter' ? await beforeIn(zip) : null,
    year: compares === 'year' ? await yearOf(archive, judgement) : null,
    earlier: compares === 'application' ? await earlierIn(zip) : null,
  };
  return { packet, cut, tagmanifest, released: state === 'released' };
}

/**
 * Reads a draft that this vault made, and writes its files again: only what comes out the same can be released, because
 * what leaves says the same as what was looked at. Throws `OperatorError` where it is no such draft.
 */
export async function readDraft(zip: ZipReader, home: Home): Promise<Draft> {
  const { packet, tagmanifest, released } = await readMade(zip, home);
  if (released) throw new OperatorError('this packet was released: name its draft');
  const written = new Set<string>();
  const hold = async (path: string, content: Content) => {
    if (!zip.has(path) || !isSame(await zip.read(path), content))
      throw new OperatorError(
        'this version of Exhibit writes the packet otherwise than it is: build it again, and release that',
      );
    written.add(path);
  };
  await hold('bag-info.txt', bagInfo(infoOf(packet)));
  for await (const { path, content } of filesOf(packet)) await hold(path, content);
  return { packet, id: packet.id as Digest, tagmanifest, written };
}

import type { Framework } from '../controls/framework.ts';
import type { Digest } from '../evidence-model/digest.ts';
import type { Stamps } from '../vault/stamp-book.ts';
import type { Before } from './board/before.ts';
import type { Content } from './content.ts';
import type { Earlier } from './insurer/earlier.ts';
import type { Judgement } from './judge.ts';
import type { OwnHistory } from './own/own-history.ts';
import type { Profile } from './profiles.ts';
import type { YearRead } from './views/year.ts';
import type { PeriodFacts } from './type2/period-facts.ts';
import type { Sample } from './sample/sample.ts';
import type { Release } from './release/statement.ts';

/** Everything that a packet says, fixed before any file of it is written. */
export interface Packet {
  readonly id: string;
  readonly profile: Profile;
  readonly judgement: Judgement;
  readonly frameworks: readonly Framework[];
  /** The signed state of the ledger that the packet is cut at. */
  readonly checkpoint: { readonly file: string; readonly size: number; readonly chain: Digest };
  /** What others say of the time of the slots before it. */
  readonly stamps: Stamps;
  /** What was done to Exhibit itself, by the ledger. */
  readonly own: OwnHistory;
  /** Who stamps, by the ledger. */
  readonly authorities: readonly string[];
  readonly origin: string;
  readonly packetPrincipal: string;
  /** Digest of the code that writes the files. */
  readonly exporter: Digest;
  /** Of one without evidence: the digest that seals it to the one that has all of it. */
  readonly twin: { readonly tagmanifest: Digest } | null;
  /** Who released it, and of which draft; `null` of a draft. */
  readonly release: Release | null;
  /** Of one for a board: how things stood before the quarter. */
  readonly before: Before | null;
  /** Of one that looks back on a year: what was read in it. */
  readonly year: YearRead | null;
  /** Of one for an insurer: the last application that was released; `null` where none was. */
  readonly earlier: Earlier | null;
  /** Of one that tells of a period: what it says of it. */
  readonly period: PeriodFacts | null;
  /** Of one that shows rows which somebody chose of another: which. */
  readonly sample: Sample | null;
}

export interface PacketFile {
  /** Path in the packet, with slashes, shorter than 120 characters. */
  readonly path: string;
  readonly content: Content;
}

/** Writes some files of a packet, one after another. Pure: the same packet gives the same bytes. It can neither fetch nor judge. */
export type Exporter = (packet: Packet) => Iterable<PacketFile> | AsyncIterable<PacketFile>;

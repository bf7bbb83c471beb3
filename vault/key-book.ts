import type { CallingBack, LedgerLine } from './ledger-lines.ts';
import { parseVkey } from './keys.ts';

/** Keys that a ledger names, and for how long they sign. */
export interface KeyTerm {
  /** Signs checkpoints. */
  readonly vkey: string;
  /** Signs packets: the public key as OpenSSH writes it. */
  readonly signer: string;
  /** From when on they count no more; `null` while they do. */
  readonly until: string | null;
  /** Why they were called back, by the recovery key; `null` where they were just replaced. */
  readonly calledBack: CallingBack | null;
}

interface Problem {
  readonly where: string;
  readonly text: string;
}

/**
 * Follows the keys through a ledger: those of its first line, until a line names others. The checkpoint that ends with such
 * a line has two signatures: of the new key, and of the old one where it hands over, or of the recovery key where it calls
 * the old one back. So nobody comes to sign who could not have signed before.
 */
export class KeyBook {
  readonly problems: Problem[] = [];
  readonly #terms: KeyTerm[] = [];
  readonly #changes = new Map<number, readonly [string, string]>();
  #origin = '';
  #recovery: string | null = null;
  #size = 0;

  /** Every pair of keys that ever signed, the newest last. */
  get terms(): readonly KeyTerm[] {
    return this.#terms;
  }

  /** The keys that sign now. */
  get current(): KeyTerm | null {
    return this.#terms.at(-1) ?? null;
  }

  /** The verifier key that may call those back; `null` where nothing may. */
  get recovery(): string | null {
    return this.#recovery;
  }

  /** Checkpoints that hand over, by size, each with the two keys that sign it. */
  get changes(): ReadonlyMap<number, readonly [string, string]> {
    return this.#changes;
  }

  /** Who must sign the checkpoint that ends with the line that was taken last. */
  get signers(): readonly string[] {
    return this.signersOf(this.#size);
  }

  /** Who must sign the checkpoint of so many lines, of which no later one changes keys. */
  signersOf(size: number): readonly string[] {
    return this.#changes.get(size) ?? (this.current ? [this.current.vkey] : []);
  }

  take(line: LedgerLine): void {
    this.#size = line.n + 1;
    if (line.type === 'genesis' && line.n === 0) {
      this.#origin = line.origin;
      this.#recovery = line.recovery;
      this.#terms.push({ vkey: line.vkey, signer: line.signer, until: null, calledBack: null });
    }
    if (line.type === 'key') this.#change(line, line.replaces, { until: line.t, calledBack: null });
    if (line.type !== 'key.revoke') return;
    if (this.#recovery === null) this.#report(line, 'there is no recovery key that could call a key back');
    else this.#change(line, this.#recovery, { until: line.since, calledBack: line.reason });
  }

  #change(
    line: Extract<LedgerLine, { type: 'key' | 'key.revoke' }>,
    by: string,
    ends: Pick<KeyTerm, 'until' | 'calledBack'>,
  ): void {
    const { vkey, signer, replaces } = line;
    const before = this.current;
    if (before?.vkey !== replaces || this.#terms.some((term) => term.vkey === vkey))
      this.#report(line, 'it replaces another key than the one that signs, or comes back to an old one');
    else if (parseVkey(vkey)?.name !== this.#origin) this.#report(line, 'its key is one of another origin');
    else {
      this.#terms.splice(-1, 1, { ...before, ...ends });
      this.#terms.push({ vkey, signer, until: null, calledBack: null });
      this.#changes.set(this.#size, [by, vkey]);
    }
  }

  #report({ n }: LedgerLine, text: string): void {
    this.problems.push({ where: `line ${n}`, text });
  }
}

/** From when on a key counts no more: what was signed with it before still does. */
export interface Ended {
  readonly until: Date;
  /** Whether it was called back, so that nothing is believed that nobody else saw in time. */
  readonly revoked: boolean;
}

/** What a reader was told of the keys of a ledger, apart from it. */
export interface KnownKeys {
  readonly vkeys: readonly string[];
  /** Those of them that count no more. */
  readonly ended?: Pick<ReadonlySet<string>, 'has'>;
  /** The key that may call them back. */
  readonly recovery?: string | null;
}

/**
 * Whether a reader who knows some keys has reason to trust a ledger with these. The newest of them that he knows is the very
 * newest, so that it is for the time of a stamp to say whether it still counted; or it still counts, and handed over to
 * those that came after it. That a key was called back is believed only of the recovery key that he knows: the one that a
 * ledger names is anybody's, and needs no signature of the key that it calls back. Whoever was told that a key counts no
 * more was told of its successor, too, and believes no other.
 */
export function isTrusted(
  { terms, recovery }: Pick<KeyBook, 'terms' | 'recovery'>,
  { vkeys, ended, recovery: knownRecovery = null }: KnownKeys,
): boolean {
  const known = terms.findLastIndex(({ vkey }) => vkeys.includes(vkey));
  const [term, ...after] = known < 0 ? [] : terms.slice(known);
  if (term === undefined) return false;
  if (after.length === 0) return true;
  const byRecovery = terms.slice(known, -1).some(({ calledBack }) => calledBack !== null);
  return ended?.has(term.vkey) !== true && (!byRecovery || (recovery !== null && recovery === knownRecovery));
}

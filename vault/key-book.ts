import type { LedgerLine } from './ledger-lines.ts';
import { parseVkey } from './keys.ts';

/** Keys that a ledger names, and for how long they sign. */
export interface KeyTerm {
  /** Signs checkpoints. */
  readonly vkey: string;
  /** Signs packets: the public key as OpenSSH writes it. */
  readonly signer: string;
  /** From when on they count no more; `null` while they do. */
  readonly until: string | null;
  /** Whether they were called back, by the recovery key, and not just replaced. */
  readonly revoked: boolean;
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

  /** Checkpoints that hand over, by size, each with the two keys that sign it. */
  get changes(): ReadonlyMap<number, readonly [string, string]> {
    return this.#changes;
  }

  /** Who must sign the checkpoint that ends with the line that was taken last. */
  get signers(): readonly string[] {
    return this.#changes.get(this.#size) ?? (this.current ? [this.current.vkey] : []);
  }

  take(line: LedgerLine): void {
    this.#size = line.n + 1;
    if (line.type === 'genesis' && line.n === 0) {
      this.#origin = line.origin;
      this.#recovery = line.recovery;
      this.#terms.push({ vkey: line.vkey, signer: line.signer, until: null, revoked: false });
    }
    if (line.type === 'key') this.#change(line, line.replaces, { until: line.t, revoked: false });
    if (line.type !== 'key.revoke') return;
    if (this.#recovery === null) this.#report(line, 'there is no recovery key that could call a key back');
    else this.#change(line, this.#recovery, { until: line.since, revoked: true });
  }

  #change(
    line: Extract<LedgerLine, { type: 'key' | 'key.revoke' }>,
    by: string,
    ends: Pick<KeyTerm, 'until' | 'revoked'>,
  ): void {
    const { vkey, signer, replaces } = line;
    const before = this.current;
    if (before?.vkey !== replaces || this.#terms.some((term) => term.vkey === vkey))
      this.#report(line, 'it replaces another key than the one that signs, or comes back to an old one');
    else if (parseVkey(vkey)?.name !== this.#origin) this.#report(line, 'its key is one of another origin');
    else {
      this.#terms.splice(-1, 1, { ...before, ...ends });
      this.#terms.push({ vkey, signer, until: null, revoked: false });
      this.#changes.set(this.#size, [by, vkey]);
    }
  }

  #report({ n }: LedgerLine, text: string): void {
    this.problems.push({ where: `line ${n}`, text });
  }
}

/**
 * Whether a reader who trusts these keys has reason to trust a ledger with these: the newest of them that he knows still
 * counts, or it is the very newest, so that it is for the time of a stamp to say whether it did. `ended` are keys of which
 * he was told that they count no more: he was told of their successors, too.
 */
export function isTrusted(
  terms: readonly KeyTerm[],
  trusted: readonly string[],
  ended: Pick<ReadonlySet<string>, 'has'> = new Set(),
): boolean {
  const known = terms.findLastIndex(({ vkey }) => trusted.some((each) => each.trim() === vkey));
  const term = terms[known];
  return term !== undefined && (known === terms.length - 1 || !ended.has(term.vkey));
}

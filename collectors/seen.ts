import { hash } from 'node:crypto';

/**
 * Which names came by. Of each only 63 bits of its SHA-256 are kept, so that a hundred thousand take two megabytes and
 * not ten. Were two names ever to share them, the second would look like the first once more, and a listing
 * would be called less than whole; two listings of a hundred thousand that differ in one name are taken for the same once
 * in 10^14 times.
 */
export class Seen {
  #low = new Uint32Array(8);
  #high = new Uint32Array(8);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether it had not come before. */
  add(name: string): boolean {
    const [low, high] = keyOf(name);
    if (this.#size * 2 >= this.#low.length) this.#grow();
    if (!this.#put(low, high)) return false;
    this.#size += 1;
    return true;
  }

  /** Whether the same names came by both, in whatever order. */
  equals(other: Seen): boolean {
    if (other.#size !== this.#size) return false;
    for (let at = 0; at < other.#low.length; at += 1) {
      const [low = 0, high = 0] = [other.#low[at], other.#high[at]];
      if ((low !== 0 || high !== 0) && this.#slot(low, high) === null) return false;
    }
    return true;
  }

  /** Where it stands; `null` where it does not. */
  #slot(low: number, high: number): number | null {
    const mask = this.#low.length - 1;
    for (let at = (low >>> 1) & mask; ; at = (at + 1) & mask) {
      if (this.#low[at] === low && this.#high[at] === high) return at;
      if (this.#low[at] === 0 && this.#high[at] === 0) return null;
    }
  }

  #put(low: number, high: number): boolean {
    if (this.#slot(low, high) !== null) return false;
    const mask = this.#low.length - 1;
    let at = (low >>> 1) & mask;
    while (this.#low[at] !== 0 || this.#high[at] !== 0) at = (at + 1) & mask;
    this.#low[at] = low;
    this.#high[at] = high;
    return true;
  }

  #grow(): void {
    const [low, high] = [this.#low, this.#high];
    this.#low = new Uint32Array(low.length * 2);
    this.#high = new Uint32Array(high.length * 2);
    for (let at = 0; at < low.length; at += 1)
      if (low[at] !== 0 || high[at] !== 0) this.#put(low[at] ?? 0, high[at] ?? 0);
  }
}

/** Both halves zero would mean an empty place. */
function keyOf(name: string): readonly [number, number] {
  const digest = hash('sha256', name, 'buffer');
  return [(digest.readUInt32LE(0) | 1) >>> 0, digest.readUInt32LE(4)];
}

/** One thing that was checked. */
export interface Check {
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

export interface Report {
  /** `incomplete`: all that could be checked holds, and what is in `unchecked` could not. */
  readonly verdict: 'verified' | 'incomplete' | 'author-not-established' | 'failed';
  readonly what: 'packet' | 'vault';
  /** Whether what it says was derived from evidence here; an insurer's packet alone has none. */
  readonly derived: boolean;
  readonly checks: readonly Check[];
  /** What comes out otherwise by the rules of this program, which are not those that judged. No fault of the evidence. */
  readonly rulesChanged: readonly string[];
  /** What could not be held against the evidence here, since other code made it. */
  readonly unchecked: readonly string[];
  /** What no time stamp fixes although one was to be expected, or only late. */
  readonly untimed: readonly string[];
}

/** 0 verified, 3 incomplete or author not established, 4 failed. */
export function exitCodeOf({ verdict }: Report): 0 | 3 | 4 {
  return verdict === 'verified' ? 0 : verdict === 'failed' ? 4 : 3;
}

/** Collects checks; what one of them throws is that check's failure and nothing else's. */
export class Checks {
  readonly list: Check[] = [];
  readonly rulesChanged: string[] = [];
  readonly unchecked: string[] = [];
  readonly untimed: string[] = [];

  pass(id: string, text: string): void {
    this.list.push({ id, ok: true, text });
  }

  fail(id: string, text: string): void {
    this.list.push({ id, ok: false, text });
  }

  /** Whether it went well. */
  async try(id: string, work: () => Promise<string | null>): Promise<boolean> {
    try {
      const text = await work();
      if (text !== null) this.pass(id, text);
      return true;
    } catch (error) {
      this.fail(id, error instanceof Error ? error.message : 'it cannot be read');
      return false;
    }
  }

  report(what: Report['what'], authorEstablished: boolean, derived = true): Report {
    const ok = this.list.every((check) => check.ok);
    const { list, rulesChanged, unchecked, untimed } = this;
    const whole = unchecked.length + untimed.length === 0 ? 'verified' : 'incomplete';
    const verdict = !ok ? 'failed' : authorEstablished ? whole : 'author-not-established';
    return { verdict, what, derived, checks: list, rulesChanged, unchecked, untimed };
  }
}

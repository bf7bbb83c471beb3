import { digest, type Digest } from '../evidence-model/digest.ts';
import { readAlias, readManifest } from './archive.ts';
import { checkpointFile } from './checkpoint.ts';
import { readPart } from './folder.ts';
import type { LedgerLine } from './ledger-lines.ts';
import type { Objects } from './objects.ts';
import { runPath, type AliasLine, type RunLine } from './paths.ts';
import { SlotBook } from './slot-book.ts';
import { textOf, type Report } from './verify-report.ts';
import { evidencePath } from './vault.ts';

/** Follows the ledger and holds what each line points at against it. */
export class LineCheck {
  readonly book = new SlotBook();
  /** Digests of the torn lines that the ledger tells of. */
  readonly torn = new Set<Digest>();
  readonly #dir: string;
  readonly #objects: Objects;
  readonly #bodies: ReadonlyMap<Digest, string>;
  readonly #report: Report;
  readonly #sources = new Map<string, string>();
  readonly #aliases = new Set<string>();
  readonly #files = new Set<string>();
  #runs = 0;

  /** `bodies` are the objects that were found whole, each with its place in a packet. */
  constructor(dir: string, objects: Objects, bodies: ReadonlyMap<Digest, string>, report: Report) {
    this.#dir = dir;
    this.#objects = objects;
    this.#bodies = bodies;
    this.#report = report;
  }

  get runs(): number {
    return this.#runs;
  }

  /** Whether a line speaks of this file. */
  names(file: string): boolean {
    return this.#files.has(file);
  }

  async take(line: LedgerLine): Promise<void> {
    const where = `line ${line.n}`;
    this.book.take(line);
    switch (line.type) {
      case 'genesis':
        if (line.n > 0) this.#report('ledger', where, 'it begins another ledger');
        break;
      case 'alias':
        await this.#takeAlias(line, where);
        break;
      case 'slot.open':
        if ((await this.#placeOf(line.plan)) === null)
          this.#report('plan', where, `the plan of slot ${line.slot} is missing or changed`);
        break;
      case 'run':
        this.#runs += 1;
        await this.#takeRun(line, where);
        break;
      case 'recovery':
        if (line.torn !== null) this.torn.add(line.torn);
        break;
      case 'purge':
        // The same of bodies: a line that excuses their absence must first be held against a rule.
        this.#report('object', where, 'it removes bodies, which this version cannot follow');
        break;
      case 'authority':
        if (line.roots !== null && (await this.#placeOf(line.roots)) === null)
          this.#report('stamp', where, `the certificates of ${line.authority} are missing or changed`);
        break;
      case 'deposit':
        if (!this.#aliases.has(line.deposit))
          this.#report('alias', where, `${line.deposit} stands for nobody who keeps deposits`);
        await this.#takeDeposit(line, where);
        break;
      case 'release':
        await this.#takeStatement(line.actor, line.statement, where);
        break;
      case 'release.review':
        await this.#takeStatement(line.actor, line.decision, where);
        break;
      case 'key':
      case 'key.revoke':
      case 'schedule':
      case 'slot.close':
      case 'gap':
      case 'clock':
      case 'judgement':
      case 'export':
      case 'fsck':
        break; // they point at nothing in the folder
    }
  }

  async #takeAlias(line: AliasLine, where: string): Promise<void> {
    if (this.#aliases.has(line.alias)) this.#report('alias', where, `${line.alias} is introduced twice`);
    this.#aliases.add(line.alias);
    try {
      const { name } = readAlias(await this.#objects.get(line.digest), line);
      if (line.of === 'source') this.#sources.set(line.alias, name);
    } catch (error) {
      this.#report('alias', where, textOf(error));
    }
  }

  /** What somebody stated is here, and whoever it was has a name. */
  async #takeStatement(actor: string, object: Digest, where: string): Promise<void> {
    if (!this.#aliases.has(actor)) this.#report('alias', where, `${actor} stands for nobody who acts`);
    if ((await this.#placeOf(object)) === null)
      this.#report('object', where, `what ${actor} stated is missing or changed`);
  }

  /** What was given away is what is here: otherwise there is another history. */
  async #takeDeposit({ size, note }: Extract<LedgerLine, { type: 'deposit' }>, where: string): Promise<void> {
    try {
      const kept = await readPart(this.#dir, `ledger/checkpoints/${checkpointFile(size)}`);
      if (digest(kept) !== note)
        this.#report('checkpoint', where, `another checkpoint of ${size} lines was deposited`);
    } catch (error) {
      this.#report('checkpoint', where, `the checkpoint that was deposited: ${textOf(error)}`);
    }
  }

  async #takeRun(line: RunLine, where: string): Promise<void> {
    const source = this.#sources.get(line.source);
    if (source === undefined) {
      this.#report('run', where, `${line.source} stands for no source`);
      return;
    }
    try {
      const path = runPath(line.slot, source, line.attempt);
      if (this.#files.has(`${path}.json`)) this.#report('run', where, `${path} is told twice`);
      this.#files.add(`${path}.json`).add(`${path}.sha256`);
      const [json, sums] = await Promise.all([
        readPart(this.#dir, `${path}.json`),
        readPart(this.#dir, `${path}.sha256`),
      ]);
      for (const { name, digest } of readManifest(line, path, json, sums).subject) {
        const place = await this.#placeOf(digest.sha256);
        if (place === null) this.#report('run', path, `${name} is missing or changed`);
        else if (place !== name) this.#report('run', path, `${name} is not where its body belongs`);
      }
    } catch (error) {
      this.#report('run', where, textOf(error));
    }
  }

  /** Where an object belongs in a packet; `null` where it is not there or not whole. Newer ones than the listing are read now. */
  async #placeOf(object: Digest): Promise<string | null> {
    const place = this.#bodies.get(object);
    if (place !== undefined) return place;
    try {
      return evidencePath(object, await this.#objects.get(object));
    } catch {
      return null;
    }
  }
}

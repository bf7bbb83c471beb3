import type { Collector } from '../../collectors/collector.ts';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { openArchive } from '../../vault/files.ts';
import type { Archive } from '../../vault/vault.ts';
import { exporterDigest, rulesDigest } from '../code-digest.ts';
import { digestOf } from '../content.ts';
import type { History } from '../history.ts';
import { periodText } from '../identity.ts';
import type { Judgement } from '../judge.ts';
import { isOfPeriod } from '../profiles.ts';
import { insideOf, ledgerFacts, nightCounts } from '../type2/ledger-facts.ts';
import {
  ClaimedPeriod,
  cutOff,
  daysAsked,
  factsText,
  periodFacts,
  periodPath,
  type PeriodFacts,
} from '../type2/period-facts.ts';
import { expectContinued } from './check-before.ts';
import { checkReadings, type Claimed, type Read } from './judge-again.ts';
import type { Checks } from './report.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** What a packet says of its period, with the digest that the ledger must name; `null` where its profile tells of none. */
export async function periodIn(
  zip: ZipReader,
  profile: string,
): Promise<{ readonly facts: PeriodFacts; readonly digest: Digest } | null> {
  if (!isOfPeriod(profile)) return null;
  const bytes = await zip.read(periodPath);
  const claimed = ClaimedPeriod.safeParse(JSON.parse(bytes.toString()));
  if (!claimed.success) throw new IntegrityError(`${periodPath} has not its form`);
  return { facts: claimed.data, digest: digest(bytes) };
}

interface Held {
  /** The packet read like a vault. */
  readonly archive: Archive;
  readonly judgement: Judgement;
  readonly signed: Signed;
  readonly vault: string | null;
}

/**
 * What the packet alone shows of its period is derived from it: which nights there were, what each read, and what was set
 * otherwise. What each night came to is derived from the vault that the packet was made of, records and all, and compared
 * byte by byte; without a vault it is named as not checked.
 */
export async function checkPeriod(
  claimed: PeriodFacts,
  { archive, judgement, signed, vault }: Held,
  { rules, exporter }: Claimed,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<void> {
  const text = `the period ${periodText(claimed)}`;
  // What is not of this program is named with the tables that follow from it.
  if (exporter !== (await exporterDigest()) || rules !== (await rulesDigest())) {
    checks.unchecked.push(`${text}, which was derived by other code`);
    return;
  }
  const { asOf, slot } = judgement;
  const { history, last } = await cutOff(archive, asOf);
  const days = daysAsked(history, claimed.asked, asOf);
  const inside = insideOf(history, days, claimed.asked.dates);
  const said = { days: claimed.days, inside: claimed.inside, ledger: claimed.ledger };
  const found = { days, inside, ledger: await ledgerFacts(history, days, inside, last) };
  if (JSON.stringify(said) !== JSON.stringify(found))
    throw new IntegrityError(`${periodPath} tells of other nights than the ledger and its readings`);
  const { due, read } = nightCounts(found);
  checks.pass(
    'period-nights',
    `${read} of ${due} nights of ${text} were read; coverage and what was set otherwise follow from the ledger, the manifests and the plans in the packet`,
  );
  if (vault === null) {
    const others = inside.filter((each) => each !== slot);
    if (others.length > 0)
      await checkReadings(archive, readingsIn(history, others), 'period-records', checks, collectors);
    checks.unchecked.push(
      `what the tests came to by day, failures, drift, roll-forward, who came, went, moved, gained or lost power, and what came after, in data/period and its pages: the evidence of ${inside.length} of the nights of ${text} is in this packet, and that of all is in the vault; name the vault with --vault`,
    );
    return;
  }
  await expectContinued(vault, signed);
  const whole = await openArchive(vault);
  const again = await periodFacts(whole, asOf, claimed.asked);
  if (digestOf(() => factsText(again.facts)) !== digestOf(() => factsText(claimed)))
    throw new IntegrityError(`${periodPath} is not what the vault gives`);
  const all = await cutOff(whole, asOf);
  const nights = all.history.closed.map((night) => night.slot);
  await checkReadings(whole, readingsIn(all.history, nights), 'period-records', checks, collectors);
  checks.pass(
    'period',
    `${nights.length} nights were judged again from the vault, and ${text} is equal, byte by byte`,
  );
}

/** Every reading of some nights, one after another. */
async function* readingsIn(history: History, slots: readonly string[]): AsyncIterable<Read> {
  const wanted = new Set(slots);
  for (const { slot, runs } of history.nights) {
    if (!wanted.has(slot)) continue;
    for (const run of runs) {
      const { predicate } = await history.manifest(run);
      for (const { dataset, snapshot: object } of predicate.datasets)
        yield {
          ...{ source: run.source, dataset, slot, attempt: run.line.attempt, digest: object },
          snapshot: await history.snapshot(object),
        };
    }
  }
}

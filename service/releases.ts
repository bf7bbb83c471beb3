import { digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import type { Collector } from '../collectors/collector.ts';
import { releasedDraft } from '../exports/identity.ts';
import { judge } from '../exports/judge.ts';
import { readDraft, type Draft } from '../exports/release/draft.ts';
import { releaseDraft, type Signer } from '../exports/release/release.ts';
import { standingsOf } from '../exports/release/standing.ts';
import { Decision } from '../exports/release/statement.ts';
import { readTrust } from '../exports/verify/trust.ts';
import { verifyPacket } from '../exports/verify/verify-packet.ts';
import { ZipReader } from '../exports/verify/zip-reader.ts';
import type { Stamping } from '../vault/outside/stamping.ts';
import type { Configuration } from './config/load.ts';
import { packetStamps } from './stamping.ts';
import type { Surroundings } from './surroundings.ts';
import type { Workspace } from './workspace.ts';

type At = Pick<Configuration, 'paths'>;
type Outside = Pick<Surroundings, 'now' | 'randomBytes'>;

/** Does work with a draft that verifies, and that this vault made. */
export async function withDraft<T>(
  path: string,
  { paths }: At,
  { vault, keys }: Workspace,
  collectors: readonly Collector[],
  work: (zip: ZipReader, draft: Draft) => Promise<T>,
): Promise<T> {
  const report = await verifyPacket(path, await readTrust(paths.trust), collectors, paths.vault);
  const [failed] = report.checks.filter(({ ok }) => !ok);
  if (failed || report.verdict === 'author-not-established')
    throw new OperatorError(
      `only a packet that verifies is released: ${failed ? `${failed.id}: ${failed.text}` : 'its author is not established'}`,
    );
  const [other] = [...report.rulesChanged, ...report.unchecked];
  if (other !== undefined)
    throw new OperatorError(`other code made it: build the packet again, and release that (${other})`);
  const zip = await ZipReader.open(path);
  try {
    return await work(zip, await readDraft(zip, { vault: paths.vault, archive: vault, keys }));
  } finally {
    await zip.close();
  }
}

/** Writes down that somebody stands up for a draft; of an officer, it gives the packet that was released. */
export async function makeRelease(
  { paths, releaseSteps }: Pick<Configuration, 'paths' | 'releaseSteps'>,
  { vault, keys }: Workspace,
  [zip, draft]: readonly [ZipReader, Draft],
  signer: Signer,
  out: { readonly folder: string } | { readonly file: string },
  { now, randomBytes }: Outside,
  stamping: Stamping | undefined,
): Promise<{ readonly path: string; readonly id: string } | null> {
  const made = await releaseDraft(zip, draft, signer, {
    ...{ vault: paths.vault, keys, writer: vault, out, now: now(), randomBytes, steps: releaseSteps },
    stamp: packetStamps({ paths }, { vault }, stamping),
  });
  await vault.checkpoint();
  return made;
}

/** Writes down what was decided about the answers of a release that the newest evidence contradicts. */
export async function recordReview(
  { vault }: Workspace,
  tagmanifest: string,
  who: { readonly name: string; readonly role: string; readonly decided: string },
  { now, randomBytes }: Outside,
): Promise<readonly string[]> {
  const at = now().toISOString();
  const judgement = await judge(vault, { now: at });
  const standings = (await standingsOf(vault, judgement)).filter((each) => each.tagmanifest === tagmanifest);
  const [standing] = standings;
  if (!standing) throw new OperatorError('this packet was never released from this vault');
  const questions = [...new Set(standings.flatMap(({ reviewNeeded }) => reviewNeeded))];
  if (questions.length === 0) throw new OperatorError('no answer of this release needs a review');
  const actor = await vault.aliasOf('actor', who.name);
  const decision = Decision.parse({
    ...{ v: 1, actor, ...who, at, questions },
    salt: Buffer.from(randomBytes(16)).toString('hex'),
  });
  const object = await vault.put(Buffer.from(`${JSON.stringify(decision)}\n`));
  await vault.append({
    ...{ type: 'release.review', tagmanifest: standing.tagmanifest, slot: judgement.slot },
    ...{ actor, decision: object },
  });
  await vault.checkpoint();
  return questions;
}

/** The draft that a packet is, or was released from: the digest of its tag manifest. */
export async function draftNamedBy(path: string): Promise<string> {
  const zip = await ZipReader.open(path);
  try {
    const info = (await zip.read('bag-info.txt')).toString();
    const [, named] = new RegExp(`^${releasedDraft}: ([0-9a-f]{64})$`, 'm').exec(info) ?? [];
    return named ?? digest(await zip.read('tagmanifest-sha256.txt'));
  } finally {
    await zip.close();
  }
}

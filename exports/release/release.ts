import { digest, type Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import type { ReleaseStep } from '../../vault/ledger-lines.ts';
import type { Vault } from '../../vault/vault.ts';
import { bagOf, entryOf, signaturePath, stampedBy, type BagEntry } from '../bag.ts';
import type { Packet } from '../exporter.ts';
import { infoOf, releasedIdOf } from '../identity.ts';
import { refuseIdentifiers, write, written, type WriteOptions } from '../packet.ts';
import { thinOf } from '../profiles.ts';
import { digested } from '../sealed-bag.ts';
import type { ZipReader } from '../verify/zip-reader.ts';
import { linesIn, type Draft } from './draft.ts';
import { contentsOf, sealedIn, type Sealed } from './sealed.ts';
import { readStatement, statementText, type Statement } from './statement.ts';
import { toSign, unsigned } from './to-sign.ts';

/** Who stands up for a draft, as what, and for which of its answers. */
export interface Signer extends Pick<Statement, 'as' | 'name' | 'role' | 'provider'> {
  readonly accepted: readonly { readonly question: string; readonly initials: string }[];
  /** Whether they leave what the company has not answered to be answered. */
  readonly leavesOpen: boolean;
}

export interface ReleaseOptions extends WriteOptions {
  readonly vault: string;
  readonly writer: Vault;
  readonly now: Date;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Who else has to agree before the officer does. */
  readonly steps: readonly ReleaseStep[];
}

/**
 * Writes down that somebody stands up for a draft; when that is the officer, it is released: written anew without DRAFT,
 * with the line of the ledger in it that says so. The draft stays as it is. Returns the path of what was released.
 */
export async function releaseDraft(
  zip: ZipReader,
  draft: Draft,
  signer: Signer,
  options: ReleaseOptions,
): Promise<{ readonly path: string; readonly id: Digest } | null> {
  const { writer, vault, now, randomBytes, steps } = options;
  const { packet, id, tagmanifest } = draft;
  const { as, name, role, provider, accepted } = signer;
  const sign = toSign(packet);
  if (as === 'officer') refuseUnsigned(sign, signer);
  const before = as === 'officer' ? await stepsTaken(draft, options) : [];
  const statement: Statement = {
    ...{ v: 1, as, actor: await writer.aliasOf('actor', name), name, role, at: now.toISOString() },
    draft: { packet: id, profile: packet.profile, asOf: packet.judgement.asOf, tagmanifest },
    plan: packet.judgement.planDigest,
    ...{ steps: [...steps], provider },
    accepted: sign.accept.flatMap(({ question, finding }) => {
      const given = accepted.find((each) => each.question === question);
      return given ? [{ question, finding, initials: given.initials }] : [];
    }),
    left: signer.leavesOpen ? [...sign.open] : [],
    measured: signer.leavesOpen ? [...sign.measured] : [],
    salt: Buffer.from(randomBytes(16)).toString('hex'),
  };
  const text = statementText(statement);
  const line = {
    ...{ type: 'release' as const, packet: id, profile: packet.profile, tagmanifest, as },
    ...{ actor: statement.actor, statement: digest(text) },
  };
  if (as !== 'officer') {
    await writer.put(Buffer.from(text));
    await writer.append({ ...line, contents: null });
    return null;
  }
  const texts = [...before, text];
  const statements = [...before.map((each) => readStatement(each, digest(each))), statement];
  const released: Packet = {
    ...packet,
    id: releasedIdOf(
      id,
      texts.map((each) => digest(each)),
    ),
    release: { draft: { id, tagmanifest }, statements },
  };
  const fault = unsigned(sign, { draft: { id, tagmanifest }, statements });
  if (fault !== null) throw new IntegrityError(`it cannot be released: ${fault}`);
  const files = [...(await kept(zip, draft)), ...(await written(released))];
  const thin = thinOf(packet.profile);
  if (thin?.names === 'none')
    await refuseIdentifiers(released, [
      ...files,
      ...texts.map((each, n) => entryOf(`statement-${n}.json`, each)),
    ]);
  const entries = await digested(bagOf(files, infoOf(released)));
  const contents = contentsOf(entries.map(({ path, sha256 }) => [path, sha256]));
  await writer.put(Buffer.from(text));
  await writer.append({ ...line, contents });
  const { note, size } = await writer.checkpoint();
  const lines = (await linesIn(vault)).slice(packet.checkpoint.size, size);
  const said = lines.map(({ bytes }) => Buffer.from(bytes).toString());
  const sealed: Sealed = {
    lines: said,
    released: said.at(-1) ?? '',
    note: Buffer.from(note).toString(),
    statements: texts,
  };
  const proofs: unknown = thin ? JSON.parse((await zip.read(sealedIn.thin)).toString()) : {};
  const all = { ...(proofs as object), release: sealed };
  const carrier = entryOf(thin ? sealedIn.thin : sealedIn.whole, `${JSON.stringify(all, null, 1)}\n`);
  const path = await write(options, released, bagOf([...files, carrier], infoOf(released)));
  return { path, id: released.id as Digest };
}

/** What of a draft stays as it is. */
async function kept(zip: ZipReader, { written: anew }: Draft): Promise<BagEntry[]> {
  const lists = ['bagit.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt', signaturePath, sealedIn.thin];
  const entries: BagEntry[] = [];
  for (const path of zip.paths) {
    if (anew.has(path) || lists.includes(path) || stampedBy(path) !== null) continue;
    const sha256 = digest(await zip.read(path));
    entries.push({ path, sha256, read: () => zip.read(path) });
  }
  return entries;
}

/** The statements of those who agreed before, of this very draft. The newest of each counts. */
async function stepsTaken({ tagmanifest }: Draft, { writer, steps }: ReleaseOptions): Promise<string[]> {
  const taken = new Map<ReleaseStep, Digest>();
  for await (const line of writer.ledger())
    if (line.type === 'release' && line.tagmanifest === tagmanifest) taken.set(line.as, line.statement);
  return Promise.all(
    steps.map(async (step) => {
      const object = taken.get(step);
      if (object === undefined)
        throw new OperatorError(
          `${step} has to agree before an officer releases it: exhibit release … --as ${step}`,
        );
      return Buffer.from(await writer.get(object)).toString();
    }),
  );
}

/** Each answer with limits, or that the evidence contradicts, is accepted by itself; what is open is left so by somebody. */
function refuseUnsigned({ accept, open }: ReturnType<typeof toSign>, signer: Signer): void {
  const given = new Set(signer.accepted.map(({ question }) => question));
  const missing = accept.filter(({ question }) => !given.has(question));
  const [first] = missing;
  if (first)
    throw new OperatorError(
      `${missing.length} of ${accept.length} answers that are ${[...new Set(missing.map(({ finding }) => finding))].join(' or ')} wait for initials: ${missing.map(({ question }) => question).join(', ')}; accept each with --accept ${first.question}=INITIALS, or in the sheet that --sheet writes`,
    );
  const stray = signer.accepted.find(({ question }) => !accept.some((each) => each.question === question));
  if (stray) throw new OperatorError(`no answer to ${stray.question} waits for initials in this packet`);
  if (open.length > 0 && !signer.leavesOpen)
    throw new OperatorError(
      `${open.length} questions are not answered: ${open.slice(0, 5).join(', ')}${open.length > 5 ? ', …' : ''}; answer them and build the packet again, or leave them to be answered with --leave-open`,
    );
}

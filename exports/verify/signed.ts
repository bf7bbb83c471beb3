import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { checkpointSize, openCheckpoint, type CheckpointBody } from '../../vault/checkpoint.ts';
import { isTrusted, KeyBook, type Ended, type KeyTerm } from '../../vault/key-book.ts';
import { allowedSignerOf, packetPrincipalOf, sshBlob } from '../../vault/keys.ts';
import { LedgerLine } from '../../vault/ledger-lines.ts';
import { signaturePath } from '../bag.ts';
import { allowedSigners, signerOf, type Signer } from '../sshsig.ts';
import type { Trust } from './trust.ts';
import type { Checks } from './report.ts';
import { timeOf } from './tell-stamps.ts';
import type { ZipReader } from './zip-reader.ts';

/** The one signed state of the ledger that a packet was cut at, and the keys that signed it. */
export interface Signed {
  readonly file: string;
  readonly body: CheckpointBody;
  /** Who had to sign it: one key, or two where it is there that keys change. */
  readonly signers: readonly string[];
  /** The keys that sign at that point, and those before them; of a packet without a ledger its one verifier key. */
  readonly vkey: string;
  readonly keys: KeyBook | null;
}

const checkpoints = 'ledger/checkpoints/';
export const ledgerFile = 'ledger/ledger.jsonl';

/** The checkpoint that a packet was cut at: the last one, for those before it are there for their stamps, or for keys. */
export function cutOf(zip: ZipReader): { readonly file: string; readonly size: number } {
  const notes = zip.paths.flatMap((path) => {
    const size = path.startsWith(checkpoints) ? checkpointSize(path.slice(checkpoints.length)) : null;
    return size === null ? [] : [{ file: path, size }];
  });
  const newest = notes.toSorted((a, b) => a.size - b.size).at(-1);
  if (!newest) throw new IntegrityError('there must be a checkpoint of the ledger');
  return newest;
}

/** Opens the checkpoint with the keys that the ledger names, of which the reader must trust one; without any, with those. */
export async function openSigned(zip: ZipReader, trust: Trust | null): Promise<Signed> {
  const { file, size } = cutOf(zip);
  const note = (await zip.read(file)).toString();
  const { keys, candidates } = await candidatesIn(zip, size, trust);
  for (const { signers, vkey } of candidates) {
    const body = openCheckpoint(note, ...signers);
    if (!body) continue;
    if (body.size !== size) throw new IntegrityError(`${file} has the name of another checkpoint`);
    if (trust && keys && !isTrusted(keys, trust)) break;
    return { file, body, vkey, signers, keys };
  }
  throw new IntegrityError(
    'the checkpoint is not signed by a key that is trusted; where the company changed its keys, ask for what exhibit trust prints now',
  );
}

interface Candidate {
  readonly signers: readonly string[];
  readonly vkey: string;
}

/** By whom a checkpoint may be signed: as the ledger has it; without one, by any key that is trusted, or that came along. */
async function candidatesIn(
  zip: ZipReader,
  size: number,
  trust: Trust | null,
): Promise<{ readonly keys: KeyBook | null; readonly candidates: readonly Candidate[] }> {
  if (!zip.has(ledgerFile)) {
    const vkeys = trust?.vkeys ?? (await zip.read('keys/log.vkey')).toString().trim().split('\n');
    return { keys: null, candidates: vkeys.map((vkey) => ({ signers: [vkey], vkey })) };
  }
  const keys = keysIn((await zip.read(ledgerFile)).toString());
  const vkey = keys.current?.vkey;
  return { keys, candidates: vkey === undefined ? [] : [{ signers: keys.signersOf(size), vkey }] };
}

/** The keys that a ledger names. Whether its lines follow each other is looked at apart. */
export function keysIn(ledger: string): KeyBook {
  const keys = new KeyBook();
  for (const text of ledger.split('\n')) {
    const line = /"type":"(genesis|key|key\.revoke)"/.test(text) ? LedgerLine.safeParse(jsonOf(text)) : null;
    if (line?.success === true) keys.take(line.data);
  }
  return keys;
}

/**
 * The packet must be signed in the name of the vault that it was made from, by a key that is trusted to: that somebody
 * else is trusted, too, is no reason to believe them about this vault. A ledger names who signs packets; the keys that
 * came along must be these. Says since when that key counts no more, by what the reader was told.
 */
export async function checkSignature(
  zip: ZipReader,
  trust: Trust | null,
  signed: Signed | null,
): Promise<{ readonly text: string; readonly ended: Ended | null }> {
  if (!signed) throw new IntegrityError('it cannot be told whose signature it would have to be');
  const armoured = (await zip.read(signaturePath)).toString();
  const signer = signerOf(await zip.read('tagmanifest-sha256.txt'), armoured);
  if (!signer) throw new IntegrityError('the signature does not fit the packet');
  const principal = packetPrincipalOf(signed.body.origin);
  const copy = (await zip.read('keys/allowed_signers')).toString();
  const known = (trust?.signers ?? allowedSigners(copy)).find(
    (each) => each.principal === principal && Buffer.from(each.key).equals(signer),
  );
  if (!isAllowed(signer, known, signed, trust))
    throw new IntegrityError('it is signed by a key that is not trusted for this vault');
  if (copy !== `${allowedSignerOf(principal, signer)}\n`)
    throw new IntegrityError('keys/allowed_signers names other keys than the one that signed');
  if ((await zip.read('keys/log.vkey')).toString() !== `${signed.vkey}\n`)
    throw new IntegrityError('keys/log.vkey is not the key that signed the ledger');
  const text = trust
    ? 'signed by the company'
    : 'signed by the key that came with it, which proves nothing of who that is';
  return { text, ended: known?.ended ?? null };
}

function isAllowed(
  signer: Uint8Array,
  known: Signer | undefined,
  { keys, vkey }: Signed,
  trust: Trust | null,
): boolean {
  const named = keys?.current?.signer;
  if (named !== undefined && named !== sshBlob(signer).toString('base64')) return false;
  // Keys that changed since the reader was told are believed by way of those that he knows.
  const since = trust !== null && keys !== null && !trust.vkeys.includes(vkey);
  return known !== undefined || since;
}

/**
 * Holds keys that count no more against when somebody else saw what they signed: what nobody saw before is refused where a
 * key was called back, and of no known author where it was replaced. Says whether they counted.
 */
export function checkKeys(ends: readonly (Ended | null)[], seenAt: Date | null, checks: Checks): boolean {
  const faults = ends.filter((end) => end !== null).filter(({ until }) => seenAt === null || seenAt >= until);
  const [worst] = faults.sort((a, b) => Number(b.revoked) - Number(a.revoked));
  if (!worst) return true;
  const what = worst.revoked ? 'called back as of' : 'replaced at';
  const fault = `it is signed by a key that was ${what} ${timeOf(worst.until)}, and nobody whom you know saw it before`;
  if (worst.revoked) checks.fail('key', fault);
  else checks.untimed.push(fault);
  return false;
}

/** Tells of keys that changed, where they did. */
export function tellKeys(terms: readonly KeyTerm[], checks: Checks): void {
  const ended = terms.flatMap(({ until, calledBack }) =>
    until === null
      ? []
      : [
          calledBack === null
            ? `replaced at ${timeOf(new Date(until))}`
            : `called back as ${calledBack}, as of ${timeOf(new Date(until))}`,
        ],
  );
  if (ended.length > 0)
    checks.pass(
      'keys',
      `its keys changed, which both the old and the new signed, or the recovery key: ${ended.join('; ')}`,
    );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

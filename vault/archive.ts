import { z } from 'zod';
import { digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { aliased } from './ledger-lines.ts';
import { RunManifest } from './manifest.ts';
import { runPath, type AliasLine, type RunLine } from './paths.ts';

/** What an alias of the ledger stands for. The salt keeps a short name from being guessed from its digest. */
export const Alias = z.strictObject({
  v: z.literal(1),
  of: z.enum(aliased),
  alias: z.string(),
  name: z.string(),
  salt: z.string(),
});
export type Alias = z.output<typeof Alias>;

/** Reads the object behind an alias line; it must be about that alias. */
export function readAlias(bytes: Uint8Array, line: Pick<AliasLine, 'alias' | 'of'>): Alias {
  const alias = Alias.safeParse(json(bytes));
  if (!alias.success || alias.data.alias !== line.alias || alias.data.of !== line.of)
    throw new IntegrityError(`the object behind ${line.alias} is not about it`);
  return alias.data;
}

/** The sums of a run: `sha256sum` form, a line a file. */
export function parseSums(bytes: Uint8Array): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.pop() !== '') throw new IntegrityError('the sums of a run are cut off');
  for (const line of lines) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined || sums.has(path))
      throw new IntegrityError('the sums of a run have not their form');
    sums.set(path, sum);
  }
  return sums;
}

/** The manifest of a run, held against its sums, those against the ledger, and its subjects against the sums. */
export function readManifest(
  line: RunLine,
  path: string,
  manifest: Uint8Array,
  sums: Uint8Array,
): RunManifest {
  if (digest(sums) !== line.manifest)
    throw new IntegrityError(`the sums of ${path} are not those of the ledger`);
  const named = parseSums(sums);
  if (named.get(`data/${path}.json`) !== digest(manifest))
    throw new IntegrityError(`${path}.json is not the one that its sums name`);
  const parsed = RunManifest.safeParse(json(manifest));
  if (!parsed.success) throw new IntegrityError(`${path}.json has not its form`);
  const { subject, predicate } = parsed.data;
  const { slot, source, attempt, alias } = predicate;
  if (alias !== line.source || slot !== line.slot || attempt !== line.attempt)
    throw new IntegrityError(`${path}.json is about another run`);
  if (path !== runPath(slot, source, attempt))
    throw new IntegrityError(`${path}.json is about another source`);
  if (
    subject.length + 1 !== named.size ||
    subject.some(({ name, digest: { sha256 } }) => named.get(name) !== sha256)
  )
    throw new IntegrityError(`${path}.json names other evidence than its sums`);
  const digests = new Set(subject.map((each) => each.digest.sha256));
  if (predicate.datasets.some(({ snapshot }) => !digests.has(snapshot)))
    throw new IntegrityError(`${path}.json cites a snapshot that is not among its evidence`);
  return parsed.data;
}

/** The sums of a run as they stand in its file: its evidence, and its manifest with these bytes. */
export function sumsOf({ subject }: RunManifest, path: string, manifest: Uint8Array): Buffer {
  const evidence = subject.map(({ name, digest: { sha256 } }) => `${sha256}  ${name}\n`);
  return Buffer.from(`${evidence.join('')}${digest(manifest)}  data/${path}.json\n`);
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new IntegrityError('a file of the vault is not JSON');
  }
}

import { resolve } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openArchive, openWithNewKeys, type KeyChange } from '../../vault/files.ts';
import { adoptKeys, prepareKeys, readRecoveryKey } from '../../vault/key-change.ts';
import { KeyBook } from '../../vault/key-book.ts';
import { readKeys, type Keys } from '../../vault/keys.ts';
import { callingBack, type LedgerLine } from '../../vault/ledger-lines.ts';
import { anchorsOf, writeTrust } from '../../vault/trust-folder.ts';
import type { Configuration } from '../config/load.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { progressOn } from '../output/progress.ts';
import { withStamping } from '../stamping.ts';

interface Options {
  readonly recovery?: string;
  readonly since?: string;
  readonly reason?: string;
}

/** From when on keys are not to be believed: of a day that is named, from its beginning. */
const Since = z.union([z.iso.datetime(), z.iso.date().transform((date) => `${date}T00:00:00.000Z`)]);

/** What the ledger says of its keys. */
interface Known {
  readonly origin: string;
  readonly recovery: string | null;
  readonly current: string;
}

/**
 * `exhibit keys rotate`: other keys sign from here on, which the old ones sign too. `exhibit keys revoke`: the same where the
 * old ones were stolen or lost, by the recovery key. What was begun and broken off goes on.
 */
export async function keys(context: Context, options: Options, action?: string): Promise<number> {
  const { surroundings } = context;
  const configuration = await context.configuration();
  const known = await knownOf(configuration);
  const change = action === 'rotate' ? rotation : action === 'revoke' ? revocation : null;
  if (!change) throw new OperatorError(`keys cannot ${action ?? ''}: there are rotate and revoke`);
  const { paths } = configuration;
  const prepared = await change(context, configuration, known, options);
  if (prepared) {
    const { now, randomBytes } = surroundings;
    const report = progressOn(surroundings.stderr);
    await withStamping(configuration, surroundings, report, async (stamping) => {
      const vault = await openWithNewKeys(
        { dir: paths.vault, keys: prepared.next, now, randomBytes },
        prepared.change,
      );
      try {
        // That they changed, and when, is worth a time stamp: whatever the old keys sign later has none from before.
        await vault.checkpoint(stamping?.stamp);
        await writeTrust(paths.trust, await anchorsOf(vault));
      } finally {
        await vault.close();
      }
    });
  }
  await adoptKeys(paths.keys);
  const vkey = (await readKeys(paths.keys)).vkey;
  context.print(
    [
      `other keys sign from here on; they are in ${paths.keys}: back them up, apart from the vault`,
      `hand over what exhibit trust prints to whoever checks packets; it is in ${paths.trust}, too`,
      '',
    ].join('\n'),
    { vkey, keys: paths.keys, trust: paths.trust },
  );
  return exit.done;
}

type Change = (
  context: Context,
  configuration: Configuration,
  known: Known,
  options: Options,
) => Promise<{ readonly next: Keys; readonly change: KeyChange } | null>;

const rotation: Change = async (_, { paths }, { origin, current }) => {
  const old = await readKeys(paths.keys);
  const next = await prepareKeys(paths.keys, origin);
  if (next === null) return null;
  if (current !== old.vkey && current !== next.vkey)
    throw new OperatorError(
      `the keys in ${paths.keys} are not those of the vault in ${paths.vault}: name the folder of its own keys`,
    );
  const { vkey, signer } = next;
  return { next, change: { line: { type: 'key', vkey, signer, replaces: old.vkey }, by: old.log } };
};

const revocation: Change = async ({ surroundings }, { paths }, { origin, recovery, current }, options) => {
  if (recovery === null)
    throw new OperatorError(
      `the vault in ${paths.vault} was made without a recovery key, so nothing can call its keys back: rotate them`,
    );
  if (options.recovery === undefined)
    throw new OperatorError(
      'keys revoke needs the recovery key that was made with the vault: name its file with --recovery',
    );
  const reason = callingBack.find((each) => each === options.reason);
  if (reason === undefined)
    throw new OperatorError(
      `keys revoke needs the reason: say --reason ${callingBack.join(' or --reason ')}`,
    );
  const now = surroundings.now().toISOString();
  const since = Since.safeParse(options.since ?? now);
  if (!since.success || since.data > now)
    throw new OperatorError(
      `--since ${options.since ?? ''} is no time that has passed: write 2026-01-31T12:00:00Z, or 2026-01-31 for the beginning of that day in UTC`,
    );
  const by = await readRecoveryKey(resolve(surroundings.directory, options.recovery), origin, recovery);
  const next = await prepareKeys(paths.keys, origin);
  if (next === null) return null;
  const { vkey, signer } = next;
  const line = { type: 'key.revoke', vkey, signer, replaces: current, since: since.data, reason } as const;
  return { next, change: { line, by } };
};

async function knownOf({ paths }: Configuration): Promise<Known> {
  const book = new KeyBook();
  let genesis: Extract<LedgerLine, { type: 'genesis' }> | null = null;
  for await (const line of (await openArchive(paths.vault)).ledger()) {
    book.take(line);
    if (line.type === 'genesis') genesis ??= line;
  }
  if (!genesis || !book.current)
    throw new OperatorError(`the ledger in ${paths.vault} does not say whose it is: run exhibit verify`);
  return { origin: genesis.origin, recovery: genesis.recovery, current: book.current.vkey };
}

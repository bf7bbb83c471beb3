import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NetworkFailure, openNetwork, type Network } from '../collectors/transport/network.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { collectorDigest } from '../exports/code-digest.ts';
import { Book } from '../scheduler/book.ts';
import type { Night, Progress } from '../scheduler/night.ts';
import { createVault, openVault } from '../vault/files.ts';
import { createKeys, loadKeys, type Keys } from '../vault/keys.ts';
import { keepRecoveryKey, newRecoveryKey } from '../vault/key-change.ts';
import { anchorsOf, writeTrust } from '../vault/trust-folder.ts';
import type { Vault } from '../vault/vault.ts';
import type { Configuration } from './config/load.ts';
import { openStamping } from './stamping.ts';
import { programVersion } from './program.ts';
import type { Surroundings } from './surroundings.ts';

/** The vault of a configuration, open for writing, with its keys. */
export interface Workspace {
  readonly vault: Vault;
  readonly keys: Keys;
}

type Outside = Pick<Surroundings, 'now' | 'randomBytes' | 'stderr'>;

/**
 * Opens the vault for writing. Where there are neither keys nor vault, both are made, with the trust anchors to hand
 * out. One without the other is the operator's to mend: a new key or an empty vault would quietly begin another history.
 */
export async function openWorkspace({ paths }: Configuration, outside: Outside): Promise<Workspace> {
  const { now, randomBytes, stderr } = outside;
  const [hasKeys, hasVault] = await Promise.all([
    exists(join(paths.keys, 'log.pem')),
    exists(join(paths.vault, 'ledger', 'ledger.jsonl')),
  ]);
  if (hasVault && !hasKeys)
    throw new OperatorError(
      `there is a vault in ${paths.vault} but no keys in ${paths.keys}: restore its keys from your backup`,
    );
  if (hasKeys && !hasVault)
    throw new OperatorError(
      `there are keys in ${paths.keys} but no vault in ${paths.vault}: restore the vault, or move the keys away to begin anew`,
    );
  if (hasVault) {
    const keys = await loadKeys(paths.keys);
    return { keys, vault: await openVault({ dir: paths.vault, keys, now, randomBytes }) };
  }
  // The origin stands in every ledger line's chain and must not say whose it is.
  const origin = `exhibit/${Buffer.from(randomBytes(8)).toString('hex')}`;
  const keys = await createKeys(paths.keys, origin);
  let kept: string | null = null;
  try {
    const recovery = newRecoveryKey(origin);
    kept = await keepRecoveryKey(paths.keys, recovery);
    const vault = await createVault({
      dir: paths.vault,
      ...{ keys, now, randomBytes, recovery: recovery.vkey },
    });
    await writeTrust(paths.trust, await anchorsOf(vault));
    stderr.write(
      `the recovery key is in ${kept}: take it off this machine, on paper best; with it exhibit keys revoke calls back keys that were stolen or lost\n`,
    );
    return { keys, vault };
  } catch (error) {
    // Keys that signed nothing are taken away again, so that the next try does not find half a beginning.
    if (!(await exists(join(paths.vault, 'ledger', 'ledger.jsonl'))))
      for (const path of [...['log.pem', 'packet.pem', 'origin'].map((name) => join(paths.keys, name)), kept])
        if (path !== null) await rm(path, { force: true });
    throw error;
  }
}

/** Makes a folder for what Exhibit writes. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OperatorError(
      `the folder ${path} cannot be made (${code}): let the user that runs Exhibit write there`,
    );
  }
}

/** Everything that reading slots needs of the outside world. The network must be closed when it is done. */
export async function nightOf(
  configuration: Configuration,
  { vault }: Workspace,
  surroundings: Surroundings,
  options: { readonly clock: 'system' | 'given'; readonly report: (progress: Progress) => void },
): Promise<{ readonly night: Night; readonly network: Network }> {
  const trusted = await configuration.authorities();
  const network = openNetwork({ environment: surroundings.environment, authorities: trusted });
  const { now, random, environment, stop } = surroundings;
  // A clock that was given is no time that anybody could vouch for.
  const stamping =
    options.clock === 'system'
      ? await openStamping(configuration, network, surroundings, options.report)
      : undefined;
  const night: Night = {
    book: await Book.open(vault),
    setup: configuration.setup,
    outside: { network, now, random, environment, sleep },
    signal: stop,
    clock: options.clock,
    program: { version: programVersion, code: collectorDigest },
    report: options.report,
    ...(stamping && { stamping }),
    deposits: await configuration.deposits({ wire: network, now, signal: stop, authorities: trusted }),
  };
  return { night, network };
}

/** Waits; rejects, as any reading that is stopped does, as soon as the signal is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    throw new NetworkFailure('aborted', 'the reading was stopped');
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

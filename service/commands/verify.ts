import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { exitCodeOf, type Check, type Report } from '../../exports/verify/report.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { verifyVaultFolder } from '../../exports/verify/verify-vault.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { checkAgainst, isNote, isThin, tellsOfPeriod, twinAt, vaultAt } from '../against.ts';
import type { Registry } from '../config/load.ts';
import type { Context } from '../context.ts';

const verdicts: Readonly<Record<Report['verdict'], string>> = {
  verified: 'verified: it is what the trusted keys signed, and everything in it follows from its evidence',
  incomplete: 'incomplete: what could be checked holds, and what stands above could not be',
  'author-not-established':
    'author not established: it holds together, but nothing says whose it is; give the keys that you had from elsewhere with --trust',
  failed: 'failed: it is not what it says it is',
};

const notDerived =
  'signed: the trusted keys signed it, and its readings stand in their ledger; its counts were not derived here, which takes the twin with all evidence: name it with --against';

/** What checking needs of a context: the verifier that is one file has no more. */
export interface VerifyContext extends Pick<Context, 'print'> {
  readonly surroundings: Pick<Context['surroundings'], 'directory'>;
  registry(): Promise<Pick<Registry, 'collectors'>>;
}

/** `exhibit verify`: checks a packet, or the folder of a vault, as whoever received it would. It needs no configuration. */
export async function verify(
  context: VerifyContext,
  { trust, against, vault }: { readonly trust?: string; readonly against?: string; readonly vault?: string },
  name = '',
): Promise<number> {
  const at = (path: string) => resolve(context.surroundings.directory, path);
  const path = at(name);
  const facts = await stat(path).catch(() => {
    throw new OperatorError(`there is nothing at ${path}: name a packet or the folder of a vault`);
  });
  const anchors = trust === undefined ? null : await readTrust(at(trust));
  const { collectors } = await context.registry();
  if (against !== undefined && !facts.isDirectory() && (await isThin(path))) {
    if (await isNote(at(against)))
      throw new OperatorError(
        'this packet holds no ledger to compare: compare the checkpoint with its twin, or with the vault',
      );
    const whole = vault === undefined ? null : await vaultAt(at(vault));
    const report = await verifyWithTwin(path, await twinAt(at(against)), anchors, collectors, whole);
    context.print(reportText(report), report);
    return exitCodeOf(report);
  }
  if (vault !== undefined && (facts.isDirectory() || !(await tellsOfPeriod(path))))
    throw new OperatorError(
      '--vault is for a packet that tells of a period, or one without evidence, beside its twin with --against',
    );
  const made = vault === undefined ? null : await vaultAt(at(vault));
  const alone = facts.isDirectory()
    ? await verifyVaultFolder(path, anchors, collectors)
    : await verifyPacket(path, anchors, collectors, made);
  const report = against === undefined ? alone : withCheck(alone, await checkAgainst(path, at(against)));
  context.print(reportText(report), report);
  return exitCodeOf(report);
}

function withCheck(report: Report, check: Check): Report {
  const verdict = check.ok ? report.verdict : 'failed';
  return { ...report, verdict, checks: [...report.checks, check] };
}

/** A report for people: each check on a line of its own, the verdict last. */
export function reportText({ checks, rulesChanged, unchecked, untimed, verdict, derived }: Report): string {
  const lines = checks.map(({ id, ok, text }) => `${ok ? 'well  ' : 'FAILED'}  ${id}: ${text}`);
  const listed = (title: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : ['', title, ...texts.map((text) => `  ${text}`)];
  const changed = listed('rules changed since: by the rules of this program', rulesChanged);
  const left = listed(
    'not checked here; what other code made, the version of Exhibit that did can check:',
    unchecked,
  );
  const times = listed('not fixed in time by anybody else:', untimed);
  const said = verdict === 'verified' && !derived ? notDerived : verdicts[verdict];
  return [...lines, ...changed, ...left, ...times, '', said, ''].join('\n');
}

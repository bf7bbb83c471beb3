import { digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import type { Depositary, DepositOutcome } from '../vault/outside/deposit.ts';
import type { Checkpoint } from '../vault/vault.ts';
import type { Book } from './book.ts';

/** What came of giving a checkpoint to somebody. */
export interface DepositTold {
  readonly id: string;
  readonly size: number;
  readonly outcome: DepositOutcome;
}

/**
 * Gives a checkpoint to everybody who keeps deposits, all at once, and writes down what came of each. Whoever did not keep
 * it is asked with the next one, which says all that this one says; collecting goes on.
 */
export async function depositCheckpoint(
  book: Book,
  { size, note, stamps }: Checkpoint,
  depositaries: readonly Depositary[],
  tell: (told: DepositTold) => void,
): Promise<void> {
  if (depositaries.length === 0) return;
  const deposit = { origin: book.origin, size, note, digest: digest(note), stamps };
  const outcomes = await Promise.all(
    depositaries.map(async (each) => ({ each, outcome: await each.keep(deposit).catch(told) })),
  );
  for (const { each, outcome } of outcomes) {
    tell({ id: each.id, size, outcome });
    await book.append({
      type: 'deposit',
      deposit: await book.vault.aliasOf('deposit', each.id),
      kind: each.kind,
      size,
      note: deposit.digest,
      status: outcome.kept ? 'kept' : 'failed',
      reason: outcome.kept ? null : outcome.reason,
      lockedUntil: outcome.kept ? (outcome.lockedUntil?.toISOString() ?? null) : null,
    });
  }
  await book.vault.checkpoint();
}

/** What the operator can mend, such as a secret that is not there, keeps nobody from collecting either. */
function told(error: unknown): DepositOutcome {
  if (error instanceof OperatorError) return { kept: false, reason: 'refused', text: error.message };
  throw error;
}

import type { DeclaredSystem } from '../declarations.ts';
import type { Plan } from '../plan.ts';
import { saasBackupDeclared } from '../rules/saas-backup-declared.ts';

const id = 'saas-backup';

/**
 * What statements say of kinds of systems that no source reads: nobody who stated that something is copied is asked
 * whether there are any copies. That there are none is said only where it was stated of every source that it is asked of.
 */
export function systemsStated(
  { declared, sources }: Pick<Plan, 'declared' | 'sources'>,
  asOf: string,
): DeclaredSystem[] {
  const today = asOf.slice(0, 10);
  const live = declared.attestations.flatMap((each) =>
    each.topic === id && each.statedOn <= today && today <= each.validUntil ? [each] : [],
  );
  const said = ({ by, statedOn }: (typeof live)[number]) => ({ id, declaredBy: by, declaredOn: statedOn });
  const copied = live.flatMap((each): DeclaredSystem[] =>
    each.stated.backedUp
      ? [{ ...said(each), name: `${each.stated.product} of ${each.source}`, state: 'by-hand' }]
      : [],
  );
  const asked = sources.filter(({ collector }) => saasBackupDeclared.collectors.includes(collector));
  const isOfAll = asked.every((source) => live.some((each) => each.source === source.id));
  if (copied.length > 0 || !isOfAll) return copied;
  return live.map((each) => ({ ...said(each), name: `copies of ${each.source}`, state: 'absent' }));
}

import { AccountHolder, DeclaredException } from '../../evidence-model/kinds.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Evidence } from '../evaluate.ts';
import { inPlan, type Derivation, type Said, type Stated } from './derivation.ts';
import { ownSource } from './own-source.ts';

/** Each failure that was accepted. What the controls behind it say is known only once they have judged. */
export const declaredExceptions: Derivation = {
  kind: DeclaredException,
  from: [AccountHolder.name],
  listedBy: inPlan,
  things: exceptionsBy,
};

function exceptionsBy({ sources, outcomes = [] }: Evidence, { plan, called }: Said): Stated[] {
  const source = ownSource(sources);
  if (source === null) return [];
  return plan.exceptions.map(({ id, control, owner, approver, safeguard, start, end, review }, n) => {
    const holder = called().holder(owner);
    const of = (name: string) =>
      outcomes.find((each) => each.control === name) ?? {
        status: { unknown: `${name} was not judged` },
        severity: { unknown: `${name} was not judged` },
      };
    return {
      source,
      id,
      fields: {
        name: id,
        control,
        severity: of(control).severity,
        owner: holder,
        approver: called().holder(approver),
        ownerPresent: isUnknown(holder) ? holder : called().present(holder),
        safeguard: safeguard.control ?? 'none',
        safeguardStatus: safeguard.control === undefined ? 'none' : of(safeguard.control).status,
        start,
        end,
        review: review ?? 'none',
      },
      said: [`/exceptions/${n}`],
    };
  });
}

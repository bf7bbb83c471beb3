import { AccountHolder, DeclaredService } from '../../evidence-model/kinds.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { inPlan, type Derivation } from './derivation.ts';

/** Each thing that was written down as a service's, at its source, with whoever answers for it. */
export const declaredServices: Derivation = {
  kind: DeclaredService,
  from: [AccountHolder.name],
  listedBy: inPlan,
  things: (_evidence, { plan, called }) =>
    plan.register.services.flatMap(({ id, purpose, owner, accounts, declaredOn }, n) => {
      const holder = called().holder(owner);
      const ownerPresent = isUnknown(holder) ? holder : called().present(holder);
      return accounts.map(({ source, account }, m) => ({
        source,
        id: `${id} ${account}`,
        fields: {
          name: id,
          ...{ service: id, thing: account, purpose, declaredOn },
          ...{ owner: holder, ownerPresent },
        },
        said: [`/register/services/${n}/accounts/${m}`],
      }));
    }),
};

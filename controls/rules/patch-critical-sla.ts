import { z } from 'zod';
import { Machine } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';

/** Machines that stand elsewhere have ids of this form, and no state: https://docs.aws.amazon.com/systems-manager/latest/userguide/operating-systems-and-machine-types.html */
const elsewhere = /^mi-/;

export const patchCriticalSla = control({
  id: 'patch-critical-sla',
  severity: 'high',
  assertion:
    'At each reading, every running machine of the connected AWS accounts, and every one that Systems Manager looks after elsewhere, had been checked for patches within the days that the policy names (7 unless it says otherwise), and lacked none of those that its baseline asks for and that are rated critical. Since when a patch is lacking is not told, so that one of yesterday counts; what programs of their own, containers and regions that are not switched on lack was not looked at.',
  board: 'Known holes are used within days.',
  remedy:
    'Patch the listed machines, and let Systems Manager check each of them. Those that cannot be patched are exceptions with a safeguard.',
  collectors: ['aws'],
  population: 'machines of connected AWS accounts, and those looked after from there',
  parameters: z.strictObject({ maximumDays: z.number().int().min(1).default(7) }),
  over: need(Machine, ['state', 'managed', 'criticalPatchesMissing', 'patchesCheckedAt']),
  related: {},
  test: (machine, { asOf, parameters: { maximumDays } }) => {
    const judged = () =>
      machine.given(['managed'], ({ managed }) => {
        // It has no agent, so that it was not checked, and nobody can say what it lacks.
        if (!managed) return fail('nothing checks it for patches: no agent of Systems Manager runs on it');
        return all([
          machine.given(['patchesCheckedAt'], ({ patchesCheckedAt }) => {
            const days = daysBetween(patchesCheckedAt, asOf);
            if (days < 0) return noData('the source tells of a check after it was read');
            const told = `it was checked ${days} days ago, ${maximumDays} are allowed`;
            return days > maximumDays ? fail(told) : pass(told);
          }),
          machine.given(['criticalPatchesMissing'], ({ criticalPatchesMissing }) =>
            criticalPatchesMissing === 0
              ? pass('it lacks no critical patch')
              : fail(`critical patches that it lacks: ${criticalPatchesMissing}`),
          ),
        ]);
      });
    if (elsewhere.test(machine.id)) return judged();
    return machine.given(['state'], ({ state }) =>
      state === 'running' || state === 'pending' ? judged() : notApplicable(`AWS calls the machine ${state}`),
    );
  },
});

import { z } from 'zod';
import { RoleSchedule } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { silent, Time, timeOf, timeOrNever } from './scope.ts';

/** What eligible and active schedules have in common. */
export const Schedule = z.object({
  id: z.string().min(1),
  principalId: z.string().min(1),
  roleDefinitionId: z.string().min(1),
  directoryScopeId: z.string().nullish(),
  memberType: z.string().nullish(),
  assignmentType: z.string().nullish(),
  startDateTime: Time.nullish(),
  // Null says that it has no end; an answer without it says nothing.
  endDateTime: Time.nullable().optional(),
});

/** https://learn.microsoft.com/graph/api/resources/unifiedroleassignmentscheduleinstance#properties */
const ways: Readonly<Record<string, 'direct' | 'group'>> = {
  Direct: 'direct',
  Group: 'group',
  Inherited: 'group',
};

export const scheduleFields = ['account', 'role', 'scope', 'standing', 'by', 'from', 'until'] as const;

/** A schedule as a record, of this standing. */
export function scheduleRecord(
  item: z.output<typeof Schedule>,
  standing: 'eligible' | 'assigned' | 'activated' | null,
) {
  return RoleSchedule.record({
    id: `${standing === 'eligible' ? 'eligible' : 'active'}:${item.id}`,
    account: item.principalId,
    role: item.roleDefinitionId,
    scope: known(item.directoryScopeId, silent),
    standing: known(standing, silent),
    by: known(ways[item.memberType ?? ''], silent),
    from: known(timeOf(item.startDateTime), silent),
    until: known(timeOrNever(item.endDateTime), silent),
  });
}

import { z } from 'zod';
import { Group, GroupSchedule } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { roleAssignableGroups } from './role-assignable-groups.ts';
import { dataset, listing, silent, Time, timeOf, timeOrNever } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  principalId: z.string().min(1),
  groupId: z.string().min(1),
  accessId: z.string().nullish(),
  memberType: z.string().nullish(),
  startDateTime: Time.nullish(),
  endDateTime: Time.nullable().optional(),
});
const ways: Readonly<Record<string, 'direct' | 'group'>> = { direct: 'direct', group: 'group' };

/** Who may become a member or owner of a group that can hold roles, and so take on what it holds. */
export const groupEligibilitySchedules = dataset.state<{ readonly id: string }>({
  id: 'microsoft365/group-eligibility-schedules',
  title: 'Eligible members of groups that can hold roles',
  docs: 'https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityscheduleinstances',
  permissions: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
  licence: 'Microsoft Entra ID P2',
  personal: [],
  speaks: [speaks(GroupSchedule, ['account', 'group', 'access', 'by', 'from', 'until'], { lists: true })],
  each: each(roleAssignableGroups, Group, []),
  requests: (_, { id }) => [
    listing('/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances', {
      $filter: `groupId eq '${id}'`,
    }),
  ],
  lists: [
    dataset.list('/value', Item, (item) => [
      GroupSchedule.record({
        id: item.id,
        account: item.principalId,
        group: item.groupId,
        access: known(item.accessId, silent),
        by: known(ways[item.memberType ?? ''], silent),
        from: known(timeOf(item.startDateTime), silent),
        until: known(timeOrNever(item.endDateTime), silent),
      }),
    ]),
  ],
});

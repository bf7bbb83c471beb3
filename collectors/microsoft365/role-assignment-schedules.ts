import { RoleSchedule } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { Schedule, scheduleFields, scheduleRecord } from './role-schedule.ts';
import { dataset, listing } from './scope.ts';

const standings: Readonly<Record<string, 'assigned' | 'activated'>> = {
  Assigned: 'assigned',
  Activated: 'activated',
};

/** Until when whoever holds a directory role now holds it, and whether outright or by having taken it on. */
export const roleAssignmentSchedules = dataset.state({
  id: 'microsoft365/role-assignment-schedules',
  title: 'Schedules of active role assignments',
  docs: 'https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignmentscheduleinstances',
  permissions: ['RoleAssignmentSchedule.Read.Directory'],
  licence: 'Microsoft Entra ID P2',
  personal: [],
  speaks: [speaks(RoleSchedule, scheduleFields, { lists: true })],
  requests: () => [listing('/roleManagement/directory/roleAssignmentScheduleInstances')],
  lists: [
    dataset.list('/value', Schedule, (item) => [
      scheduleRecord(item, standings[item.assignmentType ?? ''] ?? null),
    ]),
  ],
  neverEmpty: 'a tenant always has a Global Administrator',
});

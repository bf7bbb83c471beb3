import { RoleSchedule } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { Schedule, scheduleFields, scheduleRecord } from './role-schedule.ts';
import { dataset, listing } from './scope.ts';

/** Who may take on a directory role through Privileged Identity Management, and does not hold it by that. */
export const roleEligibilitySchedules = dataset.state({
  id: 'microsoft365/role-eligibility-schedules',
  title: 'Eligible role assignments',
  docs: 'https://learn.microsoft.com/graph/api/rbacapplication-list-roleeligibilityscheduleinstances',
  permissions: ['RoleEligibilitySchedule.Read.Directory'],
  licence: 'Microsoft Entra ID P2',
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(RoleSchedule, scheduleFields, { lists: true })],
  requests: () => [listing('/roleManagement/directory/roleEligibilityScheduleInstances')],
  lists: [dataset.list('/value', Schedule, (item) => [scheduleRecord(item, 'eligible')])],
});

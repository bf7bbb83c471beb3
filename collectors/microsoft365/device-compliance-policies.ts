import { z } from 'zod';
import { DevicePolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { withoutIntune } from './intune.ts';
import { dataset, listing, silent } from './scope.ts';

const Target = z.object({ '@odata.type': z.string(), groupId: z.string().nullish() });
const Item = z.looseObject({
  '@odata.type': z.string().nullish(),
  id: z.string().min(1),
  displayName: z.string().nullish(),
  assignments: z.array(z.object({ target: Target })).nullish(),
});
/** What of a policy is no setting. */
const notSettings = ['id', 'displayName', 'description', 'version'];

/** What devices must be like, and for whom that is asked. A policy that is assigned to nobody asks nothing. */
export const deviceCompliancePolicies = dataset.state({
  id: 'microsoft365/device-compliance-policies',
  title: 'Compliance policies for devices',
  docs: 'https://learn.microsoft.com/graph/api/intune-deviceconfig-devicecompliancepolicy-list',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  licence: 'Microsoft Intune',
  unlicensed: withoutIntune,
  personal: [],
  speaks: [speaks(DevicePolicy, ['name', 'platform', 'settings', 'includes', 'excludes'], { lists: true })],
  requests: () => [listing('/deviceManagement/deviceCompliancePolicies', { $expand: 'assignments' })],
  lists: [
    dataset.list('/value', Item, (item) => {
      const targets = item.assignments?.map(({ target }) => target);
      const excluding = ({ '@odata.type': type }: z.output<typeof Target>) =>
        type === '#microsoft.graph.exclusionGroupAssignmentTarget';
      return [
        DevicePolicy.record({
          id: item.id,
          name: known(item.displayName, silent),
          platform: known(
            item['@odata.type']?.replace(/^#microsoft\.graph\.|CompliancePolicy$/g, ''),
            silent,
          ),
          settings: known(item['@odata.type'] ? settingsOf(item) : null, silent),
          includes: known(targets?.filter((target) => !excluding(target)).map(nameOf), silent),
          excludes: known(targets?.filter(excluding).map(nameOf), silent),
        }),
      ];
    }),
  ],
});

/** A group by its id, everybody by Microsoft's word. */
function nameOf({ '@odata.type': type, groupId }: z.output<typeof Target>): string {
  return groupId ?? type.replace('#microsoft.graph.', '');
}

/** Settings that are one value and are set. */
function settingsOf(item: Readonly<Record<string, unknown>>): Record<string, boolean | number | string> {
  const found: Record<string, boolean | number | string> = {};
  for (const [name, value] of Object.entries(item))
    if (!name.includes('@') && !name.endsWith('DateTime') && !notSettings.includes(name))
      if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
        found[name] = value;
  return found;
}

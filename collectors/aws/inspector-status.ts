import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const State = z.object({ status: z.string() });
const Item = z.object({
  accountId: z.string().min(1),
  state: State.optional(),
  resourceState: z.record(z.string(), State).optional(),
});

/** Whether Inspector looks for vulnerabilities, and in what. */
export const inspectorStatus = dataset.state({
  id: 'aws/inspector-status',
  title: 'Inspector',
  docs: 'https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html',
  permissions: ['inspector2:BatchGetAccountStatus'],
  personal: [],
  speaks: [
    speaks(Scanner, ['cloudAccount', 'region', 'name', 'type', 'enabled', 'features'], {
      lists: { type: ['vulnerabilities'] },
    }),
  ],
  each: eachRegion,
  neverEmpty: 'the account that is asked about has a status',
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'inspector2',
      operation: 'BatchGetAccountStatus',
      input: { accountIds: [region.cloudAccount] },
    }),
  ],
  lists: [
    dataset.list('/accounts', Item, ({ accountId, state, resourceState }, { parent }: OfRegion) => [
      Scanner.record({
        id: `${parent.id}|inspector`,
        ...placeOf({ ...parent, cloudAccount: accountId }),
        name: 'Inspector',
        type: 'vulnerabilities',
        enabled: enabledOf(state?.status),
        features:
          resourceState === undefined
            ? { unknown: 'AWS does not tell them' }
            : Object.entries(resourceState).flatMap(([name, { status }]) =>
                status === 'ENABLED' ? [name] : [],
              ),
      }),
    ]),
    // An account that it did not look up is no account that is switched off.
    dataset.list('/failedAccounts', z.never(), () => []),
  ],
});

function enabledOf(status: string | undefined): boolean | Unknown {
  if (status === 'ENABLED') return true;
  return status === 'DISABLED'
    ? false
    : { unknown: `AWS calls it ${status ?? 'nothing'}, which is neither on nor off` };
}

/** Asked once wherever it is on; where it is not, there is nothing to ask. */
export const eachInspector = each(
  inspectorStatus,
  Scanner,
  ['cloudAccount', 'region', 'enabled'],
  ({ enabled }) => enabled,
);
export type OfInspector = Reading<Scope, Parameters<typeof eachInspector.where>[0]>;

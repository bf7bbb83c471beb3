import { z } from 'zod';
import { DirectorySetting } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  values: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
});
/** Words of the company's own that passwords may not hold. */
const banned = 'BannedPasswordList';

/** Settings of the directory that somebody changed, such as those for passwords. One that is missing is as Microsoft made it. */
export const groupSettings = dataset.state({
  id: 'microsoft365/group-settings',
  title: 'Changed settings of the directory',
  docs: 'https://learn.microsoft.com/graph/api/group-list-settings',
  permissions: ['Directory.Read.All'],
  personal: [],
  speaks: [speaks(DirectorySetting, ['name', 'values'], { lists: true })],
  requests: () => [listing('/groupSettings')],
  lists: [
    dataset.list('/value', Item, ({ id, displayName, values }) => [
      DirectorySetting.record({
        id,
        name: known(displayName, silent),
        values: known(
          values &&
            Object.fromEntries(
              values.filter(({ name }) => name !== banned).map(({ name, value }) => [name, value ?? '']),
            ),
          silent,
        ),
      }),
    ]),
  ],
});

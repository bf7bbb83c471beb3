import { z } from 'zod';
import { Repository, SecurityConfiguration } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { codeSecurityConfigurations } from './code-security-configurations.ts';
import { dataset, cursorListing, type Scope } from './scope.ts';

const Item = z.object({ status: z.string(), repository: z.object({ id: z.int() }) });

const eachConfiguration = each(codeSecurityConfigurations, SecurityConfiguration, ['name']);
type OfConfiguration = Parameters<NonNullable<typeof eachConfiguration.where>>[0];

/** Which repositories took which set of scanners, and whether it took hold. */
export const codeSecurityConfigurationRepositories = dataset.state<OfConfiguration>({
  id: 'github/code-security-configuration-repositories',
  title: 'Repositories of code security configurations',
  docs: 'https://docs.github.com/rest/code-security/configurations#get-repositories-associated-with-a-code-security-configuration',
  permissions: ['Organization administration: read'],
  personal: [],
  speaks: [speaks(Repository, ['securityConfiguration', 'securityConfigurationState'])],
  each: eachConfiguration,
  requests: ({ organization }, { id }) => [
    cursorListing('/orgs/{org}/code-security/configurations/{configuration_id}/repositories', {
      org: organization,
      configuration_id: id,
    }),
  ],
  lists: [
    dataset.list('', Item, ({ status, repository }, { parent }: Reading<Scope, OfConfiguration>) =>
      // What was detached, or is being, may have taken another one.
      status.startsWith('remov')
        ? [Repository.record({ id: String(repository.id) })]
        : [
            Repository.record({
              id: String(repository.id),
              securityConfiguration: parent.id,
              securityConfigurationState: status,
            }),
          ],
    ),
  ],
});

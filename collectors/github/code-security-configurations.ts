import { z } from 'zod';
import { SecurityConfiguration } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, cursorListing, silent } from './scope.ts';

const Switch = z.enum(['enabled', 'disabled', 'not_set']).nullish();
const Item = z.object({
  id: z.int(),
  name: z.string(),
  enforcement: z.enum(['enforced', 'unenforced']).nullish(),
  secret_scanning: Switch,
  secret_scanning_push_protection: Switch,
  dependabot_alerts: Switch,
  code_scanning_default_setup: Switch,
});

/** What a set leaves to each repository is not known from the set. */
const on = (value: z.output<typeof Switch>) =>
  known(value === 'enabled' ? true : value === 'disabled' ? false : null, 'it is left to each repository');

/** Sets of scanners that the organisation defined for its repositories. Which repositories took one is asked apart. */
export const codeSecurityConfigurations = dataset.state({
  id: 'github/code-security-configurations',
  title: 'Code security configurations',
  docs: 'https://docs.github.com/rest/code-security/configurations#get-code-security-configurations-for-an-organization',
  permissions: ['Organization administration: read'],
  personal: [],
  speaks: [
    speaks(
      SecurityConfiguration,
      ['name', 'enforced', 'secretScanning', 'pushProtection', 'dependencyAlerts', 'codeScanning'],
      { lists: true },
    ),
  ],
  requests: ({ organization }) => [
    cursorListing('/orgs/{org}/code-security/configurations', { org: organization }),
  ],
  lists: [
    dataset.list('', Item, (item) => [
      SecurityConfiguration.record({
        id: String(item.id),
        name: item.name,
        enforced: known(item.enforcement && item.enforcement === 'enforced', silent),
        secretScanning: on(item.secret_scanning),
        pushProtection: on(item.secret_scanning_push_protection),
        dependencyAlerts: on(item.dependabot_alerts),
        codeScanning: on(item.code_scanning_default_setup),
      }),
    ]),
  ],
});

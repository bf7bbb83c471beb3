import {
  companyControls,
  declaredSystems,
  exceptions,
  leavers,
  legalEntities,
  policyValues,
  risks,
  statements,
  userControls,
} from '../company.ts';
import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

/** What the company itself says, beside what the controls here found: its controls, policy, risks, statements and scope. */
export const company: Exporter = ({ judgement }) =>
  Object.entries({
    'company/controls': companyControls,
    'company/policy-values': policyValues,
    'company/risks': risks,
    'company/statements': statements,
    'company/exceptions': exceptions,
    'company/leavers': leavers,
    'scope/entities': legalEntities,
    'scope/subservices': userControls,
    'scope/systems': declaredSystems,
  }).map(([name, tableOf]) => {
    const { columns, rows } = tableOf(judgement);
    return { path: `data/${name}.csv`, content: csv(columns, rows) };
  });

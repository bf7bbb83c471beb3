import type { GrantDocument } from '../collector.ts';
import type { Dataset } from '../dataset.ts';

/** Microsoft Graph, as every tenant knows it: https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in#application-ids-of-commonly-used-microsoft-applications */
const graph = '00000003-0000-0000-c000-000000000000';

/** What a permission of an application is called, and so what may stand in a script. */
const name = /^[A-Za-z]+(?:-[A-Za-z]+)?(?:\.[A-Za-z]+)+$/;

/**
 * A script for Azure CLI that registers an application which may read what these datasets need and nothing else. It is
 * told the permissions by name: the tenant itself says which ids they have. No secret is made and none is printed.
 * https://learn.microsoft.com/cli/azure/ad/app and https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent
 */
export function grants(datasets: readonly Dataset[]): readonly GrantDocument[] {
  const ofGraph = datasets.filter(({ tier }) => tier !== 'dns' && tier !== 'exchange');
  const names = [...new Set(ofGraph.flatMap(({ permissions }) => permissions))].sort();
  const odd = names.find((each) => !name.test(each));
  if (odd !== undefined) throw new Error(`${odd} is not the name of a permission of an application`);
  const script: GrantDocument = {
    id: 'azure-cli',
    title:
      'As a script for Azure CLI, to be run by whoever may register applications; `certificate.pem` holds the certificate and not its key. An administrator opens the link that it prints' +
      (datasets.some(({ tier }) => tier === 'exchange') ? '. What Exchange Online takes is not in it' : ''),
    content: `#!/bin/sh
set -eu
certificate=\${1:-certificate.pem}
graph=${graph}
tenant=$(az account show --query tenantId --output tsv)
app=$(az ad app create --display-name 'Exhibit evidence reader' --sign-in-audience AzureADMyOrg --query appId --output tsv)
for permission in \\
${names.map((each) => `  ${each}`).join(' \\\n')}
do
  role=$(az ad sp show --id "$graph" --query "appRoles[?value=='$permission'].id" --output tsv)
  test -n "$role" || { echo "this tenant has no $permission" >&2; exit 1; }
  az ad app permission add --id "$app" --api "$graph" --api-permissions "$role=Role" --only-show-errors
done
az ad app credential reset --id "$app" --cert "@$certificate" --append --only-show-errors >/dev/null
az ad sp create --id "$app" --only-show-errors >/dev/null
echo "clientId: $app"
echo "consent:  https://login.microsoftonline.com/$tenant/adminconsent?client_id=$app"
`,
  };
  return [script];
}

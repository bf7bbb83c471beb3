import type { CaptureLine } from '../../evidence-model/snapshot.ts';

/** A command of the vendor's own tool that asks what was asked, and changes nothing. */
export interface Command {
  readonly tool: string;
  readonly command: string;
}

type Asked = Pick<CaptureLine, 'partition' | 'exchange'>;

const commands: Readonly<Record<string, (asked: Asked) => Command>> = {
  github: ({ exchange: { url, operation, input } }) => {
    const { host, pathname, search } = new URL(url);
    const at = host === 'api.github.com' ? '' : ` --hostname ${quoted(host)}`;
    // The tool takes what is not said to be a text for a number, a truth or a file where it looks like one.
    const fields = Object.entries(input ?? {}).map(
      ([name, value]) => ` ${typeof value === 'string' ? '-f' : '-F'} ${quoted(`${name}=${said(value)}`)}`,
    );
    return {
      tool: 'GitHub CLI',
      command:
        operation === null
          ? `gh api --method GET --paginate${at} ${quoted(`${pathname}${search}`)}`
          : `gh api graphql${at} -f ${quoted(`query=${operation}`)}${fields.join('')}`,
    };
  },
  microsoft365: ({ exchange: { url, operation, input } }) => {
    if (operation === null)
      return {
        tool: 'Azure CLI',
        command: `az rest --method get --headers ConsistencyLevel=eventual --url ${quoted(url)}`,
      };
    if (/^[A-Z]+$/.test(operation))
      return { tool: 'dig', command: `dig ${operation} ${quoted(said(input?.['name']))}` };
    const parameters = Object.entries(input ?? {}).map(([name, value]) => ` -${name} ${quoted(said(value))}`);
    return { tool: 'Exchange Online PowerShell', command: `${operation}${parameters.join('')}` };
  },
  aws: ({ partition, exchange: { operation, input } }) => {
    const [service = '', name = ''] = (operation ?? '').split(':');
    const [, region] = /^\d{12}\|([a-z0-9-]+)$/.exec(partition) ?? [];
    const at = region === undefined ? '' : ` --region ${region}`;
    const given =
      Object.keys(input ?? {}).length === 0 ? '' : ` --cli-input-json ${quoted(JSON.stringify(input))}`;
    return { tool: 'AWS CLI', command: `aws ${cliOf[service] ?? service} ${kebab(name)}${at}${given}` };
  },
};

/** What the AWS CLI calls services otherwise than they are signed for: https://docs.aws.amazon.com/cli/latest/reference/ */
const cliOf: Readonly<Record<string, string>> = {
  'access-analyzer': 'accessanalyzer',
  config: 'configservice',
  elasticfilesystem: 'efs',
  elasticloadbalancing: 'elbv2',
  s3: 's3api',
  's3-control': 's3control',
  sso: 'sso-admin',
};

export function commandOf(collector: string, asked: Asked): Command | null {
  return commands[collector]?.(asked) ?? null;
}

/** `ListOpenIDConnectProviders` as the AWS CLI writes it: `list-open-id-connect-providers`; `ListWebACLs`: `list-web-acls`. */
function kebab(operation: string): string {
  return operation
    .replace(/[A-Z]{2,}s$/, (acronym) => `-${acronym.toLowerCase()}`)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

const said = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

/** One word of a POSIX shell, whatever stands in it. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

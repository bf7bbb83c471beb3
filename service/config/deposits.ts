import { z } from 'zod';
import { Secret } from '../../collectors/secret.ts';
import type { Depositary } from '../../vault/outside/deposit.ts';
import type { Wire } from '../../vault/outside/wire.ts';
import { resolveSecrets, takeReferences, type Referenced } from './secrets.ts';
import type { YamlFile } from './yaml-file.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const text = z.string().min(1);
const mailbox = z.email();

/** Somebody else who keeps the checkpoint of each night. */
const kinds = [
  z.strictObject({ id, kind: z.literal('file'), folder: text }),
  z.strictObject({
    id,
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }),
    secret: Secret,
  }),
  z.strictObject({
    id,
    kind: z.literal('mail'),
    server: z.url({ protocol: /^smtps?$/ }),
    user: text.optional(),
    password: Secret.optional(),
    from: mailbox,
    to: z.array(mailbox).min(1),
  }),
  z.strictObject({
    id,
    kind: z.literal('s3'),
    bucket: text,
    region: z.string().regex(/^[a-z0-9-]{1,40}$/),
    prefix: z.string().default(''),
    /** For how long nobody shall be able to take it away. */
    days: z.number().int().min(1).max(3650).default(400),
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
    credentials: z.strictObject({ accessKeyId: text, secretAccessKey: Secret }).optional(),
  }),
] as const;
const DepositSettings = z.discriminatedUnion('kind', kinds);
type DepositSettings = z.output<typeof DepositSettings>;

/** Its further settings are those of its kind. */
export const DepositEntry = z.looseObject({ id, kind: z.enum(['file', 'webhook', 'mail', 's3']) });

/** For editors. */
export const depositSchema = z.array(DepositSettings);

export interface DepositWays {
  readonly wire: Wire;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** PEM texts of certificate authorities to trust. */
  readonly authorities: readonly string[];
}

/** Whoever keeps deposits, by the configuration; secrets are read when they are needed. */
export type OpenDeposits = (ways: DepositWays) => Promise<readonly Depositary[]>;

export function depositsOf(
  yaml: YamlFile,
  entries: readonly unknown[],
  where: { readonly folder: string; readonly environment: Readonly<Record<string, string | undefined>> },
  under: (name: string) => string,
): OpenDeposits {
  const read = entries.map((raw, n) => entryOf(yaml, raw, n));
  for (const [n, { settings }] of read.entries())
    if (read.findIndex((each) => each.settings.id === settings.id) !== n)
      throw yaml.error(['deposits', n, 'id'], `there are two deposits ${settings.id}`);
  return (ways) =>
    Promise.all(
      read.map(({ settings, raw, references }) =>
        depositaryOf(settings, ways, under, async () =>
          DepositSettings.parse(await resolveSecrets(`deposit ${settings.id}`, raw, references, where)),
        ),
      ),
    );
}

interface Read {
  readonly settings: DepositSettings;
  readonly raw: unknown;
  readonly references: Referenced['references'];
}

function entryOf(yaml: YamlFile, raw: unknown, n: number): Read {
  const at = ['deposits', n];
  const { kind } = yaml.parse(DepositEntry, raw, at);
  const schema = kinds.find((each) => each.shape.kind.value === kind);
  if (!schema) throw new Error(`deposits of kind ${kind} have no settings`);
  const taken = takeReferences({ config: schema }, raw);
  if ('bare' in taken)
    throw yaml.error(
      [...at, ...taken.bare],
      'this is a secret and must not stand here; write { env: NAME } or { file: path } and keep it there',
    );
  const settings: DepositSettings = yaml.parse<z.ZodType<DepositSettings>>(schema, taken.settings, at);
  if (settings.kind === 'mail' && (settings.user === undefined) !== (settings.password === undefined))
    throw yaml.error(at, '`user` and `password` belong together: give both or neither');
  return { settings, raw, references: taken.references };
}

/** What each kind needs is loaded only where there is one. */
async function depositaryOf(
  settings: DepositSettings,
  { wire, now, signal, authorities }: DepositWays,
  under: (name: string) => string,
  resolved: () => Promise<DepositSettings>,
): Promise<Depositary> {
  const { id: name } = settings;
  switch (settings.kind) {
    case 'file':
      return (await import('../../vault/outside/deposit-file.ts')).fileDepositary(
        name,
        under(settings.folder),
      );
    case 'webhook': {
      const { webhookDepositary } = await import('../../vault/outside/deposit-webhook.ts');
      const secret = async () => only(await resolved(), 'webhook').secret;
      return webhookDepositary(name, { url: new URL(settings.url), secret, wire, now, signal });
    }
    case 'mail': {
      const { mailDepositary } = await import('../../vault/outside/deposit-mail.ts');
      const { server, user, from, to } = settings;
      const password = async () => only(await resolved(), 'mail').password ?? '';
      const login = user === undefined ? null : { user, password };
      return mailDepositary(name, { server: new URL(server), login, from, to, authorities, now });
    }
    case 's3': {
      const { s3Depositary } = await import('../../vault/outside/deposit-s3.ts');
      const { bucket, region, prefix, days, endpoint, credentials } = settings;
      return s3Depositary(name, {
        ...{ bucket, region, prefix, days, wire, now, signal },
        endpoint: endpoint === undefined ? null : new URL(endpoint),
        credentials: credentials ? async () => only(await resolved(), 's3').credentials ?? credentials : null,
      });
    }
  }
}

function only<K extends DepositSettings['kind']>(settings: DepositSettings, kind: K) {
  if (settings.kind !== kind) throw new Error(`settings of ${settings.kind} are not of ${kind}`);
  return settings as Extract<DepositSettings, { kind: K }>;
}

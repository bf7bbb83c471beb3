import { z } from 'zod';
import { matches } from './pattern.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
/** Whatever else stands in one could narrow a denial, so that such a document is not understood. */
const Statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined))
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined));
const Document = z
  .object({
    Version: z.string().optional(),
    Statement: z.union([Statement.transform((statement) => [statement]), z.array(Statement)]),
  })
  // In older ones a variable is a text as any other: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  .transform(({ Version, Statement }) =>
    Statement.map((statement) => ({ ...statement, hasVariables: Version === '2012-10-17' })),
  );
type Statement = z.output<typeof Statement> & { readonly hasVariables: boolean };

/** Something that an action is done to: one that stands for any other of its kind. */
const any = {
  user: 'arn:aws:iam::*:user/somebody-else',
  group: 'arn:aws:iam::*:group/administrators',
  role: 'arn:aws:iam::*:role/administrator',
  policy: 'arn:aws:iam::*:policy/anything',
  provider: 'arn:aws:iam::*:saml-provider/anything',
  machine: 'arn:aws:ec2:*:*:instance/i-anything',
  script: 'arn:aws:ssm:*:*:document/AWS-RunShellScript',
  windowsScript: 'arn:aws:ssm:*:*:document/AWS-RunPowerShellScript',
  other: 'arn:aws:any::*:thing',
} as const;
export type Target = keyof typeof any;

/** What is done, to whatever is of a kind or to one thing by its ARN; and the service to which a role is passed. */
export interface Deed {
  readonly action: string;
  readonly on: Target | { readonly arn: string };
  readonly service?: string;
}

/** How actions begin that only read: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const reads = /^[\w-]+:(?:Get|List|Describe|BatchGet|Head|View|Lookup|Search)[\w*?]*$/i;

interface Allowance {
  readonly actions: readonly string[];
  readonly allBut: boolean;
  readonly on: readonly string[];
}

/** The statements of one document, found by the action that they are about, each action looked for once. */
export class Statements {
  readonly #all: readonly Statement[];
  readonly #about = new Map<string, readonly Statement[]>();

  constructor(all: readonly Statement[]) {
    this.#all = all;
  }

  /** Whether everything that it allows is called as what reads. */
  get onlyReads(): boolean {
    return this.#all.every(
      ({ Effect, Action }) => Effect === 'Deny' || (Action?.every((action) => reads.test(action)) ?? false),
    );
  }

  /** What it allows, as it is written, or that it is all but that; and what it names to do it to. */
  get allowances(): readonly Allowance[] {
    return this.#all.flatMap(({ Effect, Action, NotAction, Resource }) =>
      Effect === 'Allow'
        ? [{ actions: Action ?? NotAction ?? [], allBut: Action === undefined, on: Resource ?? [] }]
        : [],
    );
  }

  /** Whether anything that it says holds only with a second factor, or only without. */
  get asksForMfa(): boolean {
    return this.#all.some((statement) => keysOf(statement).some((key) => /multifactorauth/i.test(key)));
  }

  /** Whether it allows this to be done to anything at all. */
  allows(action: string): boolean {
    return this.about(action).some(({ Effect }) => Effect === 'Allow');
  }

  about(action: string): readonly Statement[] {
    const found = this.#about.get(action);
    if (found) return found;
    const wanted = action.toLowerCase();
    const about = this.#all.filter(({ Action, NotAction }) => {
      const named = (Action ?? NotAction ?? []).some((pattern) => matches(pattern.toLowerCase(), wanted));
      return named === (Action !== undefined);
    });
    this.#about.set(action, about);
    return about;
  }
}

/** Of each document what was made of it: hundreds hold the same one. It follows from the document alone. */
const read = new WeakMap<object, Statements | null>();

/** What a document says, or `null` where that is not understood. */
export function statementsOf(document: unknown): Statements | null {
  if (typeof document !== 'object' || document === null) return null;
  const before = read.get(document);
  if (before !== undefined) return before;
  const all = Document.safeParse(document).data;
  const statements = all ? new Statements(all) : null;
  read.set(document, statements);
  return statements;
}

/** The keys of the conditions under which it is allowed, of the way with the fewest; `null` where it is not. */
export function allowed(documents: readonly Statements[], deed: Deed): readonly string[] | null {
  const about = documents
    .flatMap((document) => document.about(deed.action))
    .filter((statement) => placed(statement, deed));
  const denied = about.filter(({ Effect }) => Effect === 'Deny').map(keysOf);
  // What is denied under a condition is allowed under its contrary.
  if (denied.some((keys) => keys.length === 0)) return null;
  const [least] = about
    .filter(({ Effect, Condition }) => Effect === 'Allow' && !isForOthers(Condition, deed))
    .map((statement) => keysOf(statement).filter((key) => !isMet(statement.Condition, key, deed)))
    .sort((a, b) => a.length - b.length);
  return least === undefined ? null : [...least, ...denied.flat()];
}

function placed({ Effect, Resource, NotResource, hasVariables }: Statement, { action, on }: Deed): boolean {
  // What is not sure is taken to be what lets more through: what is allowed reaches far, what is denied does not.
  const far = (Effect === 'Allow') === (Resource !== undefined);
  const reaches = (written: string) => {
    if (written === '*') return true;
    const pattern = whole(written);
    if (typeof on !== 'string') return isOf(pattern, on.arn, far, hasVariables);
    return far ? coversAny(pattern, action, on) : coversAll(pattern, on);
  };
  return (Resource ?? NotResource ?? []).some(reaches) === (Resource !== undefined);
}

/**
 * AWS takes the parts that an ARN lacks of its six to be anything.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function whole(pattern: string): string {
  const lacking = Math.max(0, 6 - pattern.split(':').length);
  return pattern + ':*'.repeat(lacking);
}

/** Whether one thing is of a pattern, whose variables stand for anything or for nothing that there is. */
function isOf(pattern: string, arn: string, anything: boolean, hasVariables: boolean): boolean {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const isNamed = hasVariables && /:user\//.test(arn);
  const own = isNamed ? pattern.replaceAll(/\$\{aws:username\}/gi, name) : pattern;
  const rest = own.replaceAll(/\$\{[^}]*\}/g, '*');
  return (anything || rest === own) && matches(rest, arn);
}

/** The service and the thing of an ARN. In whichever partition, region and account: a policy reaches its own account alone. */
function partsOf(arn: string): readonly [service: string, thing: string] {
  const [, , service = '', , , ...rest] = arn.split(':');
  return [service, rest.join(':')];
}

/** Whether what is allowed there is allowed of any other thing of its kind, and not of some by name. */
function coversAny(pattern: string, action: string, on: Target): boolean {
  const [service, thing] = partsOf(pattern);
  const [its, one] = on === 'other' ? [action.split(':')[0], null] : partsOf(any[on]);
  if (service !== '*' && service !== its) return false;
  // Of others the names are not known, so that behind a kind there may be nothing that is one.
  return one === null ? /^[a-z-]*[*?/:]*\*$/i.test(thing) : matches(thing, one);
}

/** A denial of one thing, of another kind or in one account leaves all others. */
function coversAll(pattern: string, on: Target): boolean {
  const [, thing] = partsOf(pattern);
  const [service, one] = partsOf(any[on]);
  const kinds = ['*', `${one.slice(0, one.indexOf('/'))}/*`];
  return service === 'iam' && /^arn:(?:aws|\*):iam:\*?:\*:/.test(pattern) && kinds.includes(thing);
}

function keysOf({ Condition }: Statement): string[] {
  return Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys));
}

/** The services that a condition names as those to which a role may be passed, for each time that it names some. */
function passedTo(condition: Statement['Condition']): string[][] {
  return Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    /^(?:ForAnyValue:)?String(?:Equals|Like|EqualsIgnoreCase)(?:IfExists)?$/i.test(operator)
      ? Object.entries(keys).flatMap(([key, value]) => {
          const services = texts.safeParse(value).data;
          return services && isPassedToService(key) ? [services] : [];
        })
      : [],
  );
}

const isPassedToService = (key: string) => key.toLowerCase() === 'iam:passedtoservice';

/** In China services are called by names that end otherwise. */
function names(services: readonly string[], service: string): boolean {
  return services.some((each) => matches(each.toLowerCase().replace(/\.cn$/, ''), service));
}

/** Whether it says by a condition that it is about roles for other services than this one. */
function isForOthers(condition: Statement['Condition'], { service }: Deed): boolean {
  return service !== undefined && passedTo(condition).some((services) => !names(services, service));
}

/** Whether the condition on this key holds by what is done itself. */
function isMet(condition: Statement['Condition'], key: string, { service }: Deed): boolean {
  return service !== undefined && isPassedToService(key) && passedTo(condition).length > 0;
}

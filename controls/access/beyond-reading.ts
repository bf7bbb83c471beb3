import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Holdings } from '../held-policies.ts';
import { statementsOf } from '../iam-statements.ts';
import { untold, type Told } from './facts.ts';
import { kept } from './kept.ts';
import type { Powers } from './powers.ts';
import published from './reading-actions.json' with { type: 'json' };
import { RolesToTakeOn } from './taking-on.ts';

/** Actions that Exhibit asks for; a test holds them against what it asks for. All of them only read. */
const reading: ReadonlySet<string> = new Set(published.map((action) => action.toLowerCase()));
/** Services of which something can be changed. */
const services: ReadonlySet<string> = new Set([...reading].map((action) => action.split(':')[0] ?? ''));
/** To take on a role is to do what that role may, which is looked at by itself. */
const assumeRole = 'sts:assumerole';

/** How actions begin that change something. Others may, and are not known to. */
const changing = [
  ...['add', 'attach', 'authorize', 'copy', 'create', 'delete', 'deregister', 'detach', 'disable', 'enable'],
  ...['import', 'invoke', 'modify', 'publish', 'put', 'reboot', 'register', 'remove', 'restore', 'revoke'],
  ...['send', 'set', 'stop', 'tag', 'terminate', 'untag', 'update', 'upload', 'write'],
];

/** Of what is granted by leaving the rest out, some would be among it. */
const samples = ['ec2:RunInstances', 'iam:CreateUser', 's3:PutObject', 'dynamodb:DeleteTable'];

const changes = 'changes';

/** Whether what somebody in AWS was granted lets them change something, whatever denies or bounds it. */
export class BeyondReading {
  readonly #powers: Powers;
  readonly #own: (arn: string) => Told<string | false>;
  readonly #roles: RolesToTakeOn;

  constructor(powers: Powers) {
    this.#powers = powers;
    this.#own = kept((arn) => {
      const held = powers.holdingsOf(arn);
      return 'untold' in held ? untold(held.untold) : grantedTo(held, powers.accounts);
    });
    this.#roles = new RolesToTakeOn(powers.trusts(), (arn) => {
      const held = powers.holdingsOf(arn);
      const own = this.#own(arn);
      return {
        ends: new Map(own === false ? [] : [[changes, isUnknown(own) ? own.unknown : null]]),
        holdings: 'untold' in held ? null : held,
      };
    });
  }

  of(arn: string): { readonly changes: Told<boolean>; readonly by: string } {
    const own = this.#own(arn);
    if (typeof own === 'string') return { changes: true, by: own };
    const [first] = this.#roles.takenBy(arn, changes);
    if (first?.doubt === null) {
      const there = this.#own(first.arn);
      const what = typeof there === 'string' ? there : 'leads to one that changes something';
      return { changes: true, by: `may take on ${first.arn}, which ${what}` };
    }
    const held = this.#powers.holdingsOf(arn);
    // Whoever reads holds something, which may be left out of an answer and nothing seem amiss.
    const nothing = 'policies' in held && held.policies.length === 0;
    const open = isUnknown(own)
      ? own.unknown
      : nothing
        ? 'no policy that it holds was in the answer, though it reads'
        : first
          ? `may take on ${first.arn}: ${first.doubt}`
          : this.#powers.openRoles(arn, 'untold' in held ? null : held);
    return open === null
      ? { changes: false, by: 'is granted actions of the published list alone' }
      : { changes: untold(open), by: open };
  }
}

/** By what it is granted something that changes; `false` where all of it only reads. */
function grantedTo({ policies }: Holdings, accounts: ReadonlySet<string>): Told<string | false> {
  const open: string[] = [];
  for (const { name, document } of policies) {
    const statements = 'known' in document ? statementsOf(document.known) : null;
    if (statements === null) open.push(`what ${name} says is not known`);
    for (const { actions, allBut, on } of statements?.allowances ?? []) {
      if (allBut) {
        if (samples.some((action) => statements?.allows(action)))
          return `is granted all but ${actions.slice(0, 3).join(', ')} by ${name}`;
        open.push(`${name} grants all but some actions, and whether the rest only reads is not known`);
        continue;
      }
      const found = actions.find((action) => sortOf(action) === 'changes');
      if (found !== undefined) return `is granted ${found} by ${name}`;
      const elsewhere = actions.some((action) => action.toLowerCase() === assumeRole)
        ? on.find((role) => isElsewhere(role, accounts))
        : undefined;
      if (elsewhere !== undefined)
        open.push(`${name} lets it take on ${elsewhere}, which is of no account that is read`);
      const unknown = actions.filter((action) => sortOf(action) === 'unknown');
      if (unknown.length > 0)
        open.push(
          `${name} grants ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''}, and whether all of that only reads is not known`,
        );
    }
  }
  return open[0] === undefined ? false : untold(open[0]);
}

/** Whether a role is named to be taken on in an account that nobody reads. Who names none means those that let it in. */
function isElsewhere(role: string, accounts: ReadonlySet<string>): boolean {
  const account = role.split(':')[4] ?? '*';
  return account !== '*' && !accounts.has(account);
}

function sortOf(action: string): 'reads' | 'changes' | 'unknown' {
  const written = action.toLowerCase();
  if (reading.has(written) || written === assumeRole) return 'reads';
  const [service = '', ...rest] = written.split(':');
  const name = rest.join(':');
  // A pattern may stand for whatever begins like what is written before it.
  const [start = ''] = (written === '*' ? '*' : name).split(/[*?]/);
  const isPattern = start !== name || written === '*';
  const isOpen = isPattern && (written === '*' || service.includes('*') || services.has(service));
  const changesIt =
    changing.some((verb) => start.startsWith(verb)) ||
    (isOpen && changing.some((verb) => verb.startsWith(start)));
  return changesIt ? 'changes' : 'unknown';
}

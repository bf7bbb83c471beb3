import { iamArn } from './model.ts';
import { fault, iamPage, type QueryCall } from './operation.ts';
import type { Answer, Tree } from './wire.ts';

interface Job {
  readonly account: string;
  readonly arn: string;
  readonly begunAt: Date;
  pendingPolls: number;
}

interface Use {
  readonly service: string;
  readonly at: string;
  readonly region: string;
}

/** Reports of when a user or role last used which service: each is made of one of them, and named by a token. */
export class LastAccessJobs {
  readonly #pendingPolls: number;
  readonly #jobs = new Map<string, Job>();

  /** How many times a job is said to be in progress before it is complete. */
  constructor(pendingPolls: number) {
    this.#pendingPolls = pendingPolls;
  }

  generate(call: QueryCall): Answer {
    const arn = call.input.get('Arn') ?? '';
    if (!usesOf(call, arn)) return fault(404, 'NoSuchEntity', `ARN ${arn} is not found.`);
    const id = `00000000-0000-4000-8000-${String(this.#jobs.size + 1).padStart(12, '0')}`;
    this.#jobs.set(id, {
      account: call.account.id,
      arn,
      begunAt: call.now,
      pendingPolls: this.#pendingPolls,
    });
    return { result: { JobId: id } };
  }

  get(call: QueryCall): Answer {
    const job = this.#jobs.get(call.input.get('JobId') ?? '');
    const uses = job?.account === call.account.id ? usesOf(call, job.arn) : null;
    if (!job || !uses) return fault(404, 'NoSuchEntity', 'The job cannot be found.');
    const told = { JobType: 'SERVICE_LEVEL', JobCreationDate: job.begunAt.toISOString() };
    if (job.pendingPolls > 0) {
      job.pendingPolls -= 1;
      return { result: { ...told, JobStatus: 'IN_PROGRESS', IsTruncated: false } };
    }
    const services = ['ec2', 'iam', 's3'].map((service): Tree => {
      const use = uses.find((each) => each.service === service);
      return {
        ServiceName: service,
        ServiceNamespace: service,
        TotalAuthenticatedEntities: use ? 1 : 0,
        ...(use && { LastAuthenticated: use.at, LastAuthenticatedRegion: use.region }),
      };
    });
    return iamPage(call, services, (items) => ({
      ...told,
      JobStatus: 'COMPLETED',
      JobCompletionDate: call.now.toISOString(),
      ServicesLastAccessed: items,
    }));
  }
}

/** What a user did with keys, or a role at all; `null` where there is neither of that name. */
function usesOf({ model, account }: QueryCall, arn: string): readonly Use[] | null {
  const named = (what: string, { path, name }: { readonly path: string; readonly name: string }) =>
    iamArn(model, account.id, `${what}${path}${name}`) === arn;
  const user = account.users.find((each) => named('user', each));
  if (user) return user.accessKeys.flatMap(({ lastUsed }) => lastUsed ?? []);
  const role = account.roles.find((each) => named('role', each));
  return role ? [role.lastUsed ?? []].flat().map((use) => ({ ...use, service: 's3' })) : null;
}

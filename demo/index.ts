import type { AwsOptions } from './aws/handler.ts';
import { startAws, type AwsServer } from './aws/server.ts';
import { buildCompany, type BuildCompany, type Company } from './company.ts';
import { tokenNamed } from './github/build.ts';
import type { GithubLimits } from './github/limits.ts';
import { startGithub } from './github/server.ts';
import type { HttpServer } from './http.ts';

export interface StartDemo extends BuildCompany {
  /** What time the servers think it is; the night stands still, unless told. */
  readonly clock?: () => Date;
  readonly githubLimits?: GithubLimits;
  readonly awsThrottle?: NonNullable<AwsOptions['throttle']>;
}

/** The company, its running servers, and what it takes to sign in to them. */
export interface Demo {
  readonly company: Company;
  readonly github: { readonly url: string; readonly token: string; readonly server: HttpServer };
  readonly aws: {
    readonly url: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    /** The role to assume in the other accounts, and the external id that it asks for. */
    readonly role: string;
    readonly externalId: string;
    readonly server: AwsServer;
  };
  readonly exceptions: Company['exceptions'];
  readonly systems: Company['systems'];
  close(): Promise<void>;
}

/** Starts the synthetic company: everything that Exhibit reads, behind real HTTP servers on loopback. */
export async function startDemo({ clock, githubLimits, awsThrottle, ...wanted }: StartDemo): Promise<Demo> {
  const company = buildCompany(wanted);
  const now = clock ?? (() => wanted.now);
  const caller = company.aws.callers[0];
  const readRole = company.aws.accounts.find(({ readRole: role }) => role !== null)?.readRole;
  if (!caller) throw new RangeError('nobody may read the synthetic AWS');
  const github = await startGithub(company.github, {
    now,
    ...(githubLimits && { limits: githubLimits }),
  });
  const aws = await startAws(company.aws, { now, ...(awsThrottle && { throttle: awsThrottle }) });
  return {
    company,
    github: { url: github.url, token: tokenNamed(company.github, 'owner').value, server: github },
    aws: {
      url: aws.url,
      accessKeyId: caller.accessKeyId,
      secretAccessKey: caller.secretAccessKey,
      role: readRole?.name ?? '',
      externalId: readRole?.externalId ?? '',
      server: aws,
    },
    exceptions: company.exceptions,
    systems: company.systems,
    async close() {
      await Promise.all([github.close(), aws.close()]);
    },
  };
}

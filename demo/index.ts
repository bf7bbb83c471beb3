import type { AwsOptions } from './aws/handler.ts';
import { foundAuthority, startAuthority, type AuthorityServer } from './time-stamps/authority.ts';
import { startAws, type AwsServer } from './aws/server.ts';
import { parkedDomain } from './dns/build.ts';
import { dnsReply } from './dns/server.ts';
import { buildCompany, type BuildCompany, type Company } from './company.ts';
import { readingApp } from './github/apps.ts';
import { appKey } from './github/app-key.ts';
import { tokenNamed } from './github/build.ts';
import type { GithubLimits } from './github/limits.ts';
import { allGrants, type GithubApp } from './github/model.ts';
import { startGithub } from './github/server.ts';
import { startHttp, type HttpServer } from './http.ts';
import { selfSigned } from './microsoft365/certificate.ts';
import type { M365Limits } from './microsoft365/limits.ts';
import { startMicrosoft365 } from './microsoft365/server.ts';

export interface StartDemo extends BuildCompany {
  /** What time the servers think it is; the night stands still, unless told. */
  readonly clock?: () => Date;
  readonly githubLimits?: GithubLimits;
  readonly microsoft365Limits?: M365Limits;
  readonly awsThrottle?: NonNullable<AwsOptions['throttle']>;
}

/** The company, its running servers, and what it takes to sign in to them. */
export interface Demo {
  readonly company: Company;
  readonly github: {
    readonly url: string;
    /** Of an owner. */
    readonly token: string;
    readonly app: { readonly id: number; readonly privateKey: string };
    readonly server: HttpServer;
  };
  readonly microsoft365: {
    /** Graph and Entra are at one place. */
    readonly url: string;
    /** What to trust to be sure of it, PEM. */
    readonly certificate: string;
    readonly tenant: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** Whom to ask about domains, and which of them the tenant does not know. */
    readonly resolver: string;
    readonly exchange: string;
    readonly domains: readonly string[];
    readonly server: HttpServer;
  };
  readonly aws: {
    readonly url: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    /** The role to assume in the other accounts, and the external id that it asks for. */
    readonly role: string;
    readonly externalId: string;
    readonly server: AwsServer;
  };
  /** Whoever stamps, by the real clock: what is stamped was written by it. */
  readonly authority: AuthorityServer;
  readonly exceptions: Company['exceptions'];
  readonly systems: Company['systems'];
  readonly register: Company['register'];
  readonly answers: Company['answers'];
  readonly declared: Company['declared'];
  readonly policy: Company['policy'];
  close(): Promise<void>;
}

/** Starts the synthetic company: everything that Exhibit reads, behind real HTTP servers on loopback. */
export async function startDemo({
  clock,
  githubLimits,
  microsoft365Limits,
  awsThrottle,
  ...wanted
}: StartDemo): Promise<Demo> {
  const company = buildCompany(wanted);
  const now = clock ?? (() => wanted.now);
  const caller = company.aws.callers[0];
  const readRole = company.aws.accounts.find(({ readRole: role }) => role !== null)?.readRole;
  if (!caller) throw new RangeError('nobody may read the synthetic AWS');
  const [application] = company.microsoft365.applications;
  if (!application) throw new RangeError('nobody may read the synthetic Microsoft 365');
  const key = await appKey();
  const [organization] = company.github.organizations;
  if (!organization) throw new RangeError('nobody has a synthetic GitHub');
  const app: GithubApp = {
    ...readingApp,
    publicKey: key.publicKey,
    installation: {
      id: 990_017,
      organization: organization.login,
      repositories: 'all',
      grants: { ...allGrants },
      suspendedAt: null,
    },
  };
  company.github.apps.push(app);
  const github = await startGithub(company.github, {
    now,
    ...(githubLimits && { limits: githubLimits }),
  });
  // Whoever checks a certificate looks at the real clock, whatever time it is in the demo.
  const certificate = await selfSigned(new Date());
  const microsoft365 = await startMicrosoft365(company.microsoft365, {
    now,
    certificate,
    ...(microsoft365Limits && { limits: microsoft365Limits }),
  });
  const dns = await startHttp((request) => dnsReply(company.dns, request), {
    now,
    faults: microsoft365.faults,
    tls: certificate,
  });
  const authority = await startAuthority(foundAuthority(new Date()), () => new Date());
  const aws = await startAws(company.aws, { now, ...(awsThrottle && { throttle: awsThrottle }) });
  return {
    company,
    github: {
      url: github.url,
      token: tokenNamed(company.github, 'owner').value,
      app: { id: app.id, privateKey: key.privateKey },
      server: github,
    },
    microsoft365: {
      url: microsoft365.url,
      certificate: microsoft365.certificate,
      tenant: company.microsoft365.tenant,
      clientId: application.clientId,
      clientSecret: application.secret.value,
      resolver: `${dns.url}/dns-query`,
      exchange: `${microsoft365.url}/exchange`,
      domains: [parkedDomain],
      server: microsoft365,
    },
    aws: {
      url: aws.url,
      accessKeyId: caller.accessKeyId,
      secretAccessKey: caller.secretAccessKey,
      role: readRole?.name ?? '',
      externalId: readRole?.externalId ?? '',
      server: aws,
    },
    authority,
    exceptions: company.exceptions,
    systems: company.systems,
    register: company.register,
    answers: company.answers,
    declared: company.declared,
    policy: company.policy,
    async close() {
      const servers = [github, microsoft365, dns, aws, authority.server];
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

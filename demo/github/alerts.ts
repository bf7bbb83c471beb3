import type { Seeded } from '../aws/random.ts';
import type { HttpReply } from '../http.ts';
import { administers, standingOf } from './callers.ts';
import { repositoryCalled, type GithubOrganization, type GithubRepository } from './model.ts';
import { repositoryJson } from './render-repository.ts';
import { cursorPageOf, json, pageOf, problem } from './replies.ts';
import type { Asked } from './routes.ts';

/** What scanners found, in repositories by their names. */
export interface GithubAlerts {
  dependencies: {
    repository: string;
    number: number;
    package: string;
    severity: 'low' | 'medium' | 'high' | 'critical';
    openedAt: string;
    /** The first version without the flaw; `null` where there is none yet. */
    fixedIn: string | null;
  }[];
  secrets: {
    repository: string;
    number: number;
    type: string;
    secret: string;
    openedAt: string;
    validity: 'active' | 'inactive' | 'unknown';
  }[];
}

/** In every fifth repository a flaw in a dependency, the first of them critical and old; in the second one a live secret and a key. */
export function alertsOf(chance: Seeded, now: Date, repositories: readonly GithubRepository[]): GithubAlerts {
  const ago = (days: number) =>
    new Date(now.getTime() - days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const live = repositories.filter(({ archived, empty }) => !archived && !empty);
  return {
    dependencies: live
      .filter((_, n) => n % 5 === 0)
      .map(({ name }, n) => ({
        repository: name,
        number: n + 1,
        package: `example-package-${n}`,
        severity: n === 0 ? 'critical' : n % 2 === 0 ? 'high' : 'low',
        openedAt: ago(n === 0 ? 120 : chance.between(`alert/${name}`, 1, 25)),
        fixedIn: n % 3 === 2 ? null : '2.0.1',
      })),
    secrets: live.slice(1, 2).flatMap(({ name }) =>
      (['example_api_key', 'rsa_private_key'] as const).map((type, n) => ({
        repository: name,
        number: n + 1,
        type,
        secret: `found_${chance.hex(`alert/secret/${n}`, 32)}`,
        openedAt: ago(12),
        validity: n === 0 ? 'active' : 'unknown',
      })),
    ),
  };
}

/** The repository of an alert, where this caller sees it. */
function seen(organization: GithubOrganization, { token }: Asked) {
  return ({ repository }: { readonly repository: string }): GithubRepository | null => {
    const found = repositoryCalled(organization, repository);
    return found && administers(token, organization, found) ? found : null;
  };
}

export function dependabotReply(organization: GithubOrganization, asked: Asked): HttpReply {
  const { api, token, query } = asked;
  if (!standingOf(token, organization).belongs)
    return problem(404, 'Not Found', '/dependabot/alerts#list-dependabot-alerts-for-an-organization');
  const of = seen(organization, asked);
  const { dependencies } = organization.alerts;
  const states = query.get('state')?.split(',') ?? ['open'];
  const visible = dependencies.filter((alert) => states.includes('open') && of(alert) !== null);
  const address = `${api}/organizations/${organization.id}/dependabot/alerts`;
  const { items, link } = cursorPageOf(visible, query, address);
  return json(
    items.flatMap((alert) => {
      const repository = of(alert);
      if (!repository) return [];
      const about = repositoryJson(api, organization, repository, token);
      return [{ ...dependencyJson(about.url, about.html_url, alert), repository: about }];
    }),
    link,
  );
}

function dependencyJson(url: string, html: string, alert: GithubAlerts['dependencies'][number]) {
  const { number, severity, openedAt, fixedIn } = alert;
  const named = { ecosystem: 'npm', name: alert.package };
  const flaw = {
    package: named,
    severity,
    vulnerable_version_range: '< 2.0.1',
    first_patched_version: fixedIn === null ? null : { identifier: fixedIn },
  };
  return {
    number,
    state: 'open',
    dependency: { package: named, manifest_path: 'package-lock.json', scope: 'runtime' },
    security_advisory: {
      ghsa_id: `GHSA-exam-ple0-${String(number).padStart(4, '0')}`,
      cve_id: null,
      summary: 'A flaw that does not exist',
      description: 'In a package that does not exist either.',
      vulnerabilities: [flaw],
      severity,
      cvss: { score: 0, vector_string: null },
      cwes: [],
      identifiers: [],
      references: [],
      published_at: openedAt,
      updated_at: openedAt,
      withdrawn_at: null,
    },
    security_vulnerability: flaw,
    url: `${url}/dependabot/alerts/${number}`,
    html_url: `${html}/security/dependabot/${number}`,
    created_at: openedAt,
    updated_at: openedAt,
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    fixed_at: null,
  };
}

export function secretScanningReply(organization: GithubOrganization, asked: Asked): HttpReply {
  const { api, token, query } = asked;
  const { belongs, owns } = standingOf(token, organization);
  const page = '/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-an-organization';
  if (!belongs || !owns) return problem(404, 'Not Found', page);
  const of = seen(organization, asked);
  const address = `${api}/organizations/${organization.id}/secret-scanning/alerts`;
  // What belongs to no provider is listed only where it is asked for by name.
  const named = query.get('secret_type')?.split(',') ?? null;
  const wanted = ({ type }: GithubAlerts['secrets'][number]) =>
    named === null ? !type.endsWith('_private_key') : named.includes(type);
  const { items, link } = pageOf(
    organization.alerts.secrets,
    query,
    address,
    (alert) => wanted(alert) && of(alert) !== null,
  );
  return json(
    items.flatMap((alert) => {
      const repository = of(alert);
      if (!repository) return [];
      const about = repositoryJson(api, organization, repository, token);
      const { number, type, secret, openedAt, validity } = alert;
      return [
        {
          number,
          created_at: openedAt,
          updated_at: null,
          url: `${about.url}/secret-scanning/alerts/${number}`,
          html_url: `${about.html_url}/security/secret-scanning/${number}`,
          locations_url: `${about.url}/secret-scanning/alerts/${number}/locations`,
          state: 'open',
          resolution: null,
          resolved_at: null,
          resolved_by: null,
          secret_type: type,
          secret_type_display_name: 'Example API key',
          // Unless it is asked to hide them, GitHub sends what was found.
          secret: query.get('hide_secret') === 'true' ? null : secret,
          repository: about,
          push_protection_bypassed: false,
          push_protection_bypassed_by: null,
          push_protection_bypassed_at: null,
          resolution_comment: null,
          validity,
          publicly_leaked: false,
          multi_repo: false,
        },
      ];
    }),
    link,
  );
}

import type { HttpReply } from '../http.ts';
import { standingOf } from './callers.ts';
import type { GithubOrganization } from './model.ts';
import { problem } from './replies.ts';
import type { Asked } from './routes.ts';

/** What only those may see who administer the organisation. */
export function administered(
  page: string,
  answer: (organization: GithubOrganization, asked: Asked) => HttpReply,
): (organization: GithubOrganization, asked: Asked) => HttpReply {
  return (organization, asked) => {
    const { belongs, owns, grants } = standingOf(asked.token, organization);
    if (!belongs || !owns) return problem(404, 'Not Found', page);
    if (!grants.organizationAdministration)
      return problem(403, 'Resource not accessible by personal access token', page);
    return answer(organization, asked);
  };
}

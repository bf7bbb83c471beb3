import type { HttpReply, HttpRequest } from './http.ts';

/*
 * How the three vendors say in an answer that a listing goes on: GitHub in a header, Microsoft Graph by a link in the
 * body, AWS by a token, in XML or in JSON.
 */
const nextLink = '@odata.nextLink';

function object(body: string): Readonly<Record<string, unknown>> | null {
  return body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : null;
}

/** The address of what was asked, as the server itself calls it. */
function addressOf({ headers, path }: HttpRequest, context: unknown): URL {
  const origin =
    typeof context === 'string' ? new URL(context).origin : `http://${headers.host ?? 'localhost'}`;
  return new URL(origin + path);
}

/** The same listing with a next page, either a further one or this one again; `null` where it is no listing. */
export function withNext(
  reply: HttpReply,
  request: HttpRequest,
  which: 'further' | 'same',
): HttpReply | null {
  const { headers, body, encoding } = reply;
  if (encoding !== undefined) return null; // a message of DNS has no pages
  const token = which === 'same' ? 'same' : 'hostile';
  if (body.startsWith('<')) {
    const more = `<IsTruncated>true</IsTruncated><Marker>${token}</Marker><NextMarker>${token}</NextMarker>`;
    const told = body.replace('<IsTruncated>false</IsTruncated>', more);
    if (told !== body) return { ...reply, body: told };
    return byTokenAlone.test(body) ? { ...reply, body: withToken(body, token) } : null;
  }
  const page = object(body);
  const next = addressOf(request, page?.['@odata.context']);
  if (which === 'further') {
    next.searchParams.set('page', '2');
    next.searchParams.set('$skiptoken', token);
  }
  const lists = !page || Object.values(page).some((value) => Array.isArray(value));
  // Some listings of GitHub are wrapped in an object with their count; the header is the same.
  if (!page || (lists && headers['x-github-request-id'] !== undefined))
    return { ...reply, headers: { ...headers, link: `<${next.href}>; rel="next"` } };
  if (Array.isArray(page['value']))
    return { ...reply, body: JSON.stringify({ ...page, [nextLink]: next.href }) };
  if (!lists) return null;
  // Each service of AWS has a name of its own for it, and none minds those of the others.
  const names = { NextToken: token, nextToken: token, NextMarker: token, LastEvaluatedTableName: token };
  const more = 'Truncated' in page ? { Truncated: true } : {};
  return { ...reply, body: JSON.stringify({ ...page, ...names, ...more }) };
}

/** Services that say in XML that there is more, and only by a token. */
const byTokenAlone = /(?:ec2|rds|elasticloadbalancing|sns)\.amazonaws\.com|<ListAllMyBucketsResult/;

function withToken(body: string, token: string): string {
  const names = ['nextToken', 'NextToken', 'Marker', 'NextMarker', 'ContinuationToken'];
  const told = names.map((name) => `<${name}>${token}</${name}>`).join('');
  const inner = /<\/\w+Result>/.exec(body)?.[0] ?? /<\/\w+>\s*$/.exec(body)?.[0] ?? '';
  return body.replace(inner, `${told}${inner}`);
}

/** The same answer with its next page at another origin; `null` where it has none. */
export function withNextAt(reply: HttpReply, origin: string): HttpReply | null {
  const moved = (url: string) => {
    const { pathname, search } = new URL(url);
    return `${origin}${pathname}${search}`;
  };
  const { headers, body } = reply;
  const link = headers['link'];
  if (link?.includes('rel="next"') === true) {
    const to = link.replace(/<([^>]+)>; rel="next"/, (_, url: string) => `<${moved(url)}>; rel="next"`);
    return { ...reply, headers: { ...headers, link: to } };
  }
  const page = object(body);
  const next = page?.[nextLink];
  return typeof next === 'string'
    ? { ...reply, body: JSON.stringify({ ...page, [nextLink]: moved(next) }) }
    : null;
}

/** A well-formed empty list without a next page; counts beside it stay as they were. `null` where there is no list. */
export function withoutItems(reply: HttpReply): HttpReply | null {
  const { headers, body, encoding } = reply;
  if (encoding !== undefined) return null; // nor lists
  if (body.startsWith('<')) {
    // What an element of a list is called is the service's own affair.
    const elements =
      'member|item|Bucket|DBInstance|DBCluster|DBSnapshot|DBClusterSnapshot|DistributionSummary';
    const list = new RegExp(`<(\\w+)>\\s*<(${elements})>[\\s\\S]*?</\\2>\\s*</\\1>`, 'g');
    const told = body.replaceAll(list, '<$1/>');
    return told === body ? null : { ...reply, body: told };
  }
  const page = object(body);
  if (page) {
    const tokens = [nextLink, 'NextToken', 'nextToken', 'NextMarker', 'LastEvaluatedTableName'];
    const rest = Object.entries(page).filter(([name]) => !tokens.includes(name));
    const told = rest.map(([name, value]) => [name, Array.isArray(value) ? [] : value]);
    return rest.some(([, value]) => Array.isArray(value))
      ? { ...reply, body: JSON.stringify(Object.fromEntries(told)) }
      : null;
  }
  if (!Array.isArray(JSON.parse(body))) return null;
  const others = Object.entries(headers).filter(([name]) => name !== 'link');
  return { ...reply, headers: Object.fromEntries(others), body: '[]' };
}

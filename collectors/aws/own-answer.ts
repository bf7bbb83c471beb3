import type { Service } from './scope.ts';

/** Those that answer in XML. https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html and the like */
const xml: readonly Service[] = [
  ...(['cloudfront', 'ec2', 'elasticloadbalancing', 'iam', 'rds', 's3', 's3-control'] as const),
  ...(['sns', 'sts'] as const),
];
/** Of them, those whose answers are not called after the operation. */
const calledOtherwise: readonly Service[] = ['cloudfront', 's3', 's3-control'];

const root = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z][\w.-]*)/;

/**
 * Whether a body can be the service's own answer. A page of a proxy or a portal is read by the SDK as an answer without
 * fields, for what speaks XML finds none of them in it; where those may be missing nothing would seem wrong with that.
 */
export function isOwnAnswer(service: Service, operation: string, body: Uint8Array): boolean {
  if (!xml.includes(service)) return true; // a page is no JSON
  const [, name] = root.exec(new TextDecoder().decode(body.subarray(0, 500))) ?? [];
  if (name === undefined) return false;
  return calledOtherwise.includes(service) ? name.toLowerCase() !== 'html' : name === `${operation}Response`;
}

import { booleanOf, context, Inside, integerOf, oidOf, readDer, smallOf, tags, type Item } from './der.ts';
import { digestNamed } from './digests.ts';
import { expect } from './refusal.ts';

/** What an authority says: https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2 */
export interface Info {
  readonly policy: string;
  readonly algorithm: string;
  readonly imprint: Buffer;
  readonly serial: Buffer;
  readonly at: Date;
  readonly nonce: Buffer | null;
  /** What the authority calls itself. */
  readonly name: Item | null;
}

export function readInfo(bytes: Buffer): Info {
  const info = new Inside(readDer(bytes));
  expect(smallOf(info.any()) === 1, 'is of another version');
  const policy = oidOf(info.any());
  const imprint = new Inside(info.next(tags.sequence));
  const algorithm = digestNamed(imprint.next(tags.sequence));
  const digest = imprint.next(tags.octets).body;
  imprint.end();
  const serial = integerOf(info.any());
  const at = timeOf(info.next(tags.time));
  info.optional(tags.sequence); // how exact it is
  const ordering = info.optional(tags.boolean);
  if (ordering) booleanOf(ordering);
  const nonce = info.optional(tags.integer);
  const named = info.optional(context(0));
  const name = named && only(new Inside(named, context(0)));
  const extensions = info.optional(context(1));
  for (const each of extensions ? new Inside(extensions, context(1)).rest() : []) {
    const parts = new Inside(each);
    oidOf(parts.any());
    const critical = parts.optional(tags.boolean);
    expect(critical === null || !booleanOf(critical), 'says something critical that is not understood');
  }
  info.end();
  return { policy, algorithm, imprint: digest, serial, at, nonce: nonce && integerOf(nonce), name };
}

function only(inside: Inside): Item {
  const item = inside.any();
  inside.end();
  return item;
}

/** `YYYYMMDDhhmmss.sZ`, always in UTC. What is finer than a millisecond is left away. */
function timeOf({ body }: Item): Date {
  const text = body.toString('latin1');
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const at = new Date(iso);
  expect(!Number.isNaN(at.getTime()) && at.toISOString() === iso, 'tells a time that is none');
  return at;
}

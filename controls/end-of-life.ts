import { z } from 'zod';
import known from './end-of-life.json' with { type: 'json' };
import { fail, noData, pass, type Finding } from './finding.ts';

/**
 * What vendors say about the end of support, by product. `ends` has the last day of standard support of each version; a
 * version that it does not name is not known, whether it is older or newer. To add one, write it beside the others.
 */
const EndOfLife = z.record(
  z.string(),
  z.strictObject({
    /** What it is, in words. */
    title: z.string(),
    /** The page of the vendor that tells the dates. */
    source: z.url(),
    /** A version stands for those after a further point too, as `16` does for `16.4`. */
    majors: z.boolean(),
    ends: z.record(z.string(), z.iso.date()),
  }),
);

const products = EndOfLife.parse(known);

/** Whether the standard support of a version has ended by then. The longest name that fits counts. */
export function endOfLife(product: string, version: string, asOf: string): Finding {
  const entry = products[product];
  if (!entry) return noData(`nobody here knows until when ${product} is supported`);
  const { title, source, majors, ends } = entry;
  const name = Object.keys(ends)
    .filter((each) => version === each || (majors && version.startsWith(`${each}.`)))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  const end = ends[name];
  if (end === undefined)
    return noData(`nobody here knows until when ${title} ${version} is supported (${source})`);
  return asOf.slice(0, 10) > end
    ? fail(`support of ${title} ${version} ended on ${end} (${source})`)
    : pass(`${title} ${version} is supported until ${end} (${source})`);
}

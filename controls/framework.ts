import { z } from 'zod';
import csf20 from './frameworks/csf20.json' with { type: 'json' };
import soc2 from './frameworks/soc2.json' with { type: 'json' };

/** A framework by its own ids, in our own words. A requirement without a control stays in: it has no automated evidence. */
export const Framework = z.strictObject({
  id: z.string(),
  title: z.string(),
  requirements: z.array(z.strictObject({ id: z.string(), about: z.string(), controls: z.array(z.string()) })),
});
export type Framework = z.output<typeof Framework>;

export const frameworks: readonly Framework[] = [soc2, csf20].map((each) => Framework.parse(each));

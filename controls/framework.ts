import { z } from 'zod';
import { Group } from './groups.ts';
import cis81 from './frameworks/cis81.json' with { type: 'json' };
import csf20 from './frameworks/csf20.json' with { type: 'json' };
import hipaa from './frameworks/hipaa.json' with { type: 'json' };
import iso27001 from './frameworks/iso27001-2022.json' with { type: 'json' };
import nist80053 from './frameworks/nist80053r5.json' with { type: 'json' };
import soc2 from './frameworks/soc2.json' with { type: 'json' };

/** A framework by its own ids, in our own words. A requirement without a control stays in: it has no automated evidence. */
export const Framework = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What its requirements are counted together by. */
  groups: z.array(Group).default([]),
  requirements: z.array(
    z.strictObject({
      id: z.string(),
      about: z.string(),
      /** Of HIPAA: a standard, or a specification of one, which is required or to be addressed. */
      asks: z.enum(['standard', 'required', 'addressable']).optional(),
      controls: z.array(z.string()),
    }),
  ),
});
export type Framework = z.output<typeof Framework>;

/** Every framework there is. To add one, add its file and import it here. */
export const frameworks: readonly Framework[] = [soc2, csf20, nist80053, cis81, hipaa, iso27001].map((each) =>
  Framework.parse(each),
);

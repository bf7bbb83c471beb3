import { z } from 'zod';
import subservices from './subservices.json' with { type: 'json' };

/** An organisation whose services a kind of source is, and what it leaves to its customers, in our own words. */
const Catalogue = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    collector: z.string(),
    /** Where it publishes its reports. */
    reports: z.string(),
    userControls: z.array(z.strictObject({ about: z.string(), controls: z.array(z.string()) })),
  }),
);

export const subserviceCatalogue = Catalogue.parse(subservices);

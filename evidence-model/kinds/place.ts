import { z } from 'zod';

/** Where something in a cloud is: the account, and its region. */
export const place = { cloudAccount: z.string(), region: z.string() };

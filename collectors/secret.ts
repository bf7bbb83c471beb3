import { z } from 'zod';

/**
 * A setting whose value never stands in the configuration, only where it is found. Collectors receive it resolved;
 * the mark tells whoever reads the configuration, and the JSON Schema for editors, which settings these are.
 */
export const Secret = z.string().min(1).meta({ secret: true });

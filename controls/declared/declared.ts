import { z } from 'zod';
import { ApprovalList } from './approval-list.ts';
import { Attestation } from './attestation.ts';
import { CompanyMatrix, Risk } from './company.ts';
import { Review } from './review.ts';
import { FrameworkDeclarations } from './framework-declarations.ts';
import { LegalEntity, Subservice } from './scope.ts';

/** What only people can say, beside exceptions, systems and the register: as a slot pins it. */
export const Declared = z.strictObject({
  attestations: z.array(Attestation).default([]),
  /** `null` where nobody handed one over: then nothing is known to have been approved. */
  approvals: ApprovalList.nullable().default(null),
  entities: z.array(LegalEntity).default([]),
  subservices: z.array(Subservice).default([]),
  /** `null` where nobody handed one over. */
  companyControls: CompanyMatrix.nullable().default(null),
  risks: z.array(Risk).default([]),
  reviews: z.array(Review).default([]),
  frameworks: FrameworkDeclarations.prefault({}),
});
export type Declared = z.output<typeof Declared>;

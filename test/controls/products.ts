/** Names that say nothing to people who run a company, or advertise somebody. */
export const products =
  /\b(github|microsoft|m365|office 365|entra|azure|intune|exchange online|defender|aws|amazon|iam|rds|okta|google|duo)\b/i;

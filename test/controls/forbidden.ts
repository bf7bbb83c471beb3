/** What software cannot promise, whatever it read. */
export const forbidden =
  /\b(compliant|compliance|certified|certification|audit-ready|guaranteed?|secure[ds]? by)\b/i;

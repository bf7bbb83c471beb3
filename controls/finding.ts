/** What a control says of one subject. A reason is one sentence for a person, naming the thing and the rule. */
export type Status = 'pass' | 'fail' | 'excepted' | 'no-data' | 'not-applicable' | 'manual';

export interface Finding {
  readonly status: Exclude<Status, 'excepted'>;
  readonly reason: string;
}

export const pass = (reason: string): Finding => ({ status: 'pass', reason });
export const fail = (reason: string): Finding => ({ status: 'fail', reason });
export const noData = (reason: string): Finding => ({ status: 'no-data', reason });
export const manual = (reason: string): Finding => ({ status: 'manual', reason });
export const notApplicable = (reason: string): Finding => ({ status: 'not-applicable', reason });

/** From worst to best. A failure is never hidden by what is unknown, nor the unknown by a pass. */
export const ranking = [
  'fail',
  'no-data',
  'manual',
  'excepted',
  'pass',
  'not-applicable',
] as const satisfies Status[];

export function worst(statuses: Iterable<Status>): Status {
  const present = new Set(statuses);
  return ranking.find((status) => present.has(status)) ?? 'not-applicable';
}

/** All of these must hold: the worst decides, and every finding of that status gives its reason. */
export function all(findings: readonly Finding[]): Finding {
  const status = worst(findings.map((finding) => finding.status)) as Finding['status'];
  const reasons = findings.filter((finding) => finding.status === status).map(({ reason }) => reason);
  return { status, reason: [...new Set(reasons)].join('; ') };
}

/** A failure that rests on nothing else being there stands only where nothing else can be there. */
export function unless(open: string | null, finding: Finding): Finding {
  return open !== null && finding.status === 'fail' ? noData(open) : finding;
}

/** One of these is enough. Where none passes and one cannot be told, it cannot be told. */
export function any(findings: readonly Finding[], none: Finding): Finding {
  const order = ['pass', 'no-data', 'manual', 'fail', 'not-applicable'] as const;
  const status = order.find((candidate) => findings.some((finding) => finding.status === candidate));
  if (status === undefined) return none;
  const reasons = findings.filter((finding) => finding.status === status).map(({ reason }) => reason);
  return { status, reason: [...new Set(reasons)].join('; ') };
}

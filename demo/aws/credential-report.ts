import { iamArn, type AwsAccessKey, type AwsSigningCertificate } from './model.ts';
import { fault, type QueryCall } from './operation.ts';
import type { Answer } from './wire.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html: a report serves for four hours. */
const lifetimeMs = 4 * 3_600_000;

// The columns that IAM really sends; `additional_credentials_info` of the guide comes only with a third key.
const columns = (
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,' +
  'mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,' +
  'access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,' +
  'access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'
).split(',');

interface Report {
  pendingPolls: number;
  generatedAt: Date | null;
  csv: string;
}

/**
 * The reports of all accounts. One is started, is in progress for a while, and then stays as it is for four hours:
 * whoever was created meanwhile is not in it.
 */
export class CredentialReports {
  readonly #pendingPolls: number;
  readonly #reports = new Map<string, Report>();

  /** How many times GenerateCredentialReport says that it is in progress before it is complete. */
  constructor(pendingPolls: number) {
    this.#pendingPolls = pendingPolls;
  }

  generate(call: QueryCall): Answer {
    const report = this.#reports.get(call.account.id);
    if (!report || (report.generatedAt !== null && isOver(report.generatedAt, call.now))) {
      this.#reports.set(call.account.id, { pendingPolls: this.#pendingPolls, generatedAt: null, csv: '' });
      return {
        result: { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' },
      };
    }
    if (report.generatedAt === null && report.pendingPolls > 0) {
      report.pendingPolls -= 1;
      return { result: { State: 'INPROGRESS' } };
    }
    if (report.generatedAt === null) {
      report.generatedAt = call.now;
      report.csv = csvOf(call);
    }
    return { result: { State: 'COMPLETE' } };
  }

  get({ account, now }: QueryCall): Answer {
    const report = this.#reports.get(account.id);
    if (!report) return fault(410, 'ReportNotPresent', 'Unknown');
    if (report.generatedAt === null) return fault(404, 'ReportInProgress', 'Unknown');
    if (isOver(report.generatedAt, now)) return fault(410, 'ReportExpired', 'Unknown');
    return {
      result: {
        Content: Buffer.from(report.csv).toString('base64'),
        ReportFormat: 'text/csv',
        GeneratedTime: seconds(report.generatedAt),
      },
    };
  }
}

function isOver(generatedAt: Date, now: Date): boolean {
  return now.getTime() - generatedAt.getTime() > lifetimeMs;
}

function seconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Root first, then the users without regard to case; line feeds, none at the end. */
function csvOf(call: QueryCall): string {
  const users = call.account.users.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return [columns, rootRow(call), ...users.map((user) => userRow(call, user))]
    .map((row) =>
      row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    .join('\n');
}

function rootRow({ model, account: { id, root } }: QueryCall): string[] {
  return [
    '<root_account>',
    iamArn(model, id, 'root'),
    root.createdAt,
    'not_supported',
    root.passwordLastUsedAt ?? 'no_information',
    'not_supported',
    'not_supported',
    String(root.mfa !== null),
    ...keyCells(root.accessKeys),
    ...certificateCells(root.signingCertificates),
  ];
}

function userRow({ model, account }: QueryCall, user: QueryCall['account']['users'][number]): string[] {
  const { password } = user;
  const maximumAge = account.passwordPolicy?.maximumAgeDays ?? null;
  const next =
    password === null || maximumAge === null
      ? 'N/A'
      : seconds(new Date(Date.parse(password.changedAt) + maximumAge * 86_400_000));
  return [
    user.name,
    iamArn(model, account.id, `user${user.path}${user.name}`),
    user.createdAt,
    String(password !== null),
    password ? (password.lastUsedAt ?? 'no_information') : 'N/A',
    password?.changedAt ?? 'N/A',
    next,
    String(user.mfa.length > 0),
    ...keyCells(user.accessKeys),
    ...certificateCells(user.signingCertificates),
  ];
}

/** A key that is inactive keeps its dates; one that is not there has none. */
function keyCells(keys: readonly AwsAccessKey[]): string[] {
  return [keys[0], keys[1]].flatMap((key) => [
    String(key?.active ?? false),
    key?.rotatedAt ?? 'N/A',
    key?.lastUsed?.at ?? 'N/A',
    key?.lastUsed?.region ?? 'N/A',
    key?.lastUsed?.service ?? 'N/A',
  ]);
}

function certificateCells(certificates: readonly AwsSigningCertificate[]): string[] {
  return [certificates[0], certificates[1]].flatMap((certificate) => [
    String(certificate?.active ?? false),
    certificate?.rotatedAt ?? 'N/A',
  ]);
}

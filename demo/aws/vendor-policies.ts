import type { AwsDocument } from './model.ts';

const reading = { Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'iam:Get*', 'iam:List*'], Resource: '*' };

/** What AWS's own policies allow, as far as anything here depends on it; whatever else is in use only reads. */
const statements: Readonly<Record<string, object>> = {
  AdministratorAccess: { Effect: 'Allow', Action: '*', Resource: '*' },
  PowerUserAccess: { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
};

export function vendorDocument(name: string): AwsDocument {
  return { Version: '2012-10-17', Statement: [statements[name] ?? reading] };
}

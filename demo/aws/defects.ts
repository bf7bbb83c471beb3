import { accessKey, trail, type Making } from './build-account.ts';
import { plantInAccess } from './access-defects.ts';
import { plantInCloud, plantInExperiments } from './cloud-defects.ts';
import type { AwsAccount, AwsUser } from './model.ts';

/**
 * What is wrong in the synthetic AWS, so that each control has something to find. The management account is left
 * without fault; where there are fewer accounts or users than defects, those left over are not planted.
 */
export function plantDefects(make: Making, [management, production, sandbox]: readonly AwsAccount[]): void {
  // No defect: these are told elsewhere than the virtual ones.
  for (const [n, type] of (['passkey', 'hardware'] as const).entries()) {
    const device = management?.users[n]?.mfa[0];
    if (device) device.type = type;
  }
  if (production) {
    plantInProduction(make, production);
    plantInCloud(make, production);
    plantInAccess(make, production);
  }
  if (sandbox) {
    plantInSandbox(make, sandbox);
    plantInExperiments(sandbox);
  }
}

function plantInProduction(make: Making, account: AwsAccount): void {
  const { ago } = make;
  account.root.accessKeys.push(accessKey(make, `${account.id}/root/1`, { age: 800, used: 500 }));
  account.root.passwordLastUsedAt = ago(9, 1_800);
  if (account.passwordPolicy)
    account.passwordPolicy = {
      ...account.passwordPolicy,
      minimumLength: 8,
      requireSymbols: false,
      maximumAgeDays: null,
      reusePrevention: null,
      hardExpiry: null,
    };
  const key = (user: AwsUser, options: Parameters<typeof accessKey>[2]) =>
    accessKey(make, `${account.id}/${user.name}/planted`, options);
  const plants: readonly ((user: AwsUser) => void)[] = [
    (user) => (user.mfa = []), // signs in with a password alone
    (user) => (user.accessKeys = [key(user, { age: 210, used: 1 })]), // older than 90 days
    (user) => (user.accessKeys = [key(user, { age: 80, used: 70 })]), // unused for more than 45 days
    (user) => (user.accessKeys = [key(user, { age: 60, used: null })]), // never used
    (user) => {
      // An inactive key is no finding, a password unused for long is.
      user.accessKeys = [key(user, { age: 300, used: 200, active: false })];
      user.password = { changedAt: ago(150), lastUsedAt: ago(120) };
    },
    (user) => (user.password = { changedAt: ago(5), lastUsedAt: null }), // a password that nobody has used yet
  ];
  // Whatever is planted is planted on people, so that the programs stay as they are.
  const people = account.users.filter(({ password }) => password !== null);
  for (const [n, plant] of plants.entries()) {
    const user = people[n];
    if (user) plant(user);
  }
  account.spareMfaDevices.push('left-over-phone');
  // Whoever administers the account can delete what is written of it.
  for (const each of account.trails) each.bucket = account.buckets[0]?.name ?? each.bucket;
  // The same coverage as the classic form of the other accounts, said the newer way.
  for (const each of account.trails)
    each.selectors = {
      type: 'advanced',
      selectors: [
        { name: 'Management events', fields: [{ field: 'eventCategory', equals: ['Management'] }] },
      ],
    };
}

function plantInSandbox(make: Making, account: AwsAccount): void {
  account.root.mfa = null;
  account.passwordPolicy = null;
  account.reachedByOrganizationTrails = false;
  account.trails = [
    { ...trail(make, 'regional-trail', `trails-${account.id}`), multiRegion: false, fileValidation: false },
    {
      ...trail(make, 'retired-trail', `trails-${account.id}`),
      homeRegion: 'eu-central-1',
      logging: false,
      stoppedAt: make.ago(33),
      deliveryError: 'NoSuchBucket',
      selectors: {
        type: 'classic',
        selectors: [
          { readWriteType: 'WriteOnly', managementEvents: true, excludedSources: ['kms.amazonaws.com'] },
        ],
      },
    },
  ];
  if (account.readRole) account.readRole.refuses.push('iam:GetCredentialReport');
}

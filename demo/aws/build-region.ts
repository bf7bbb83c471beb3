import type { Making } from './build-account.ts';
import { everywhere } from './build-everywhere.ts';
import { workload } from './build-workload.ts';
import { nothing, type AwsRegion } from './cloud-model.ts';

const names = {
  'us-east-1': 'opt-in-not-required',
  'us-east-2': 'opt-in-not-required',
  'eu-central-1': 'opt-in-not-required',
  'me-south-1': 'not-opted-in',
} as const;

/** The regions of an account: in each the network that AWS makes, in the first of them what the company made. */
export function regionsOf(make: Making, account: string): AwsRegion[] {
  return Object.entries(names).map(([name, optIn], n) => {
    const on = optIn !== 'not-opted-in';
    return {
      name,
      optIn,
      volumeEncryptionDefault: on,
      snapshotBlock: on ? 'block-all-sharing' : 'unblocked',
      metadataTokens: on ? 'required' : null,
      securityHub: on,
      inspector: on && n === 0,
      holds: {
        ...nothing(),
        ...(on ? everywhere(make, account, name) : {}),
        ...(n === 0 ? workload(make, account, name) : {}),
      },
    };
  });
}

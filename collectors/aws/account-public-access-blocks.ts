import { CloudAccount } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { blocked, PublicAccessBlock } from './public-access-block.ts';
import { dataset } from './scope.ts';

/** Whether no bucket of an account can be made public, whatever is set of the bucket itself. */
export const accountPublicAccessBlocks = dataset.state({
  id: 'aws/account-public-access-blocks',
  title: 'Block of public buckets, by account',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html',
  permissions: ['s3:GetAccountPublicAccessBlock'],
  personal: [],
  speaks: [speaks(CloudAccount, ['publicBucketsBlocked'])],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    { service: 's3-control', operation: 'GetPublicAccessBlock', input: { AccountId: id }, account: id },
  ],
  none: ({ code }) => code === 'NoSuchPublicAccessBlockConfiguration',
  lists: [
    dataset.one('/PublicAccessBlockConfiguration', PublicAccessBlock, (block, { parent }: OfAccount) => [
      CloudAccount.record({ id: parent.id, publicBucketsBlocked: blocked(block) }),
    ]),
  ],
});

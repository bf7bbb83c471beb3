import { z } from 'zod';
import { Certificate } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

/** Without them AWS lists those of its usual sort alone: https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html */
const everySort = [
  ...['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096'],
  ...['EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
];

const Item = z.object({
  CertificateArn: z.string().min(1),
  DomainName: z.string().optional(),
  Status: z.string().optional(),
  NotAfter: z.iso.datetime().optional(),
  InUse: z.boolean().optional(),
  RenewalEligibility: z.enum(['ELIGIBLE', 'INELIGIBLE']).optional(),
  KeyAlgorithm: z.string().optional(),
});

/** Certificates that AWS keeps, and until when they hold. */
export const certificates = dataset.state({
  id: 'aws/certificates',
  title: 'Certificates',
  docs: 'https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html',
  permissions: ['acm:ListCertificates'],
  personal: [],
  speaks: [
    speaks(
      Certificate,
      [
        ...(['cloudAccount', 'region', 'name', 'state', 'expiresAt'] as const),
        ...(['inUse', 'renewed', 'keyAlgorithm'] as const),
      ],
      { lists: true },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'acm',
      operation: 'ListCertificates',
      input: { Includes: { keyTypes: everySort }, MaxItems: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/CertificateSummaryList', Item, (certificate, { parent }: OfRegion) => {
      const { RenewalEligibility: renewal } = certificate;
      const reason = 'AWS does not tell it';
      return [
        Certificate.record({
          id: certificate.CertificateArn,
          ...placeOf(parent),
          name: known(certificate.DomainName, reason),
          state: known(certificate.Status, reason),
          expiresAt: known(certificate.NotAfter, 'AWS names no end, as of one that was not issued'),
          inUse: known(certificate.InUse, reason),
          renewed: known(renewal && renewal === 'ELIGIBLE', reason),
          keyAlgorithm: known(certificate.KeyAlgorithm, reason),
        }),
      ];
    }),
  ],
});

import type { Paging } from './scope.ts';

/** How AWS's services say that a listing goes on: each has words of its own. */
export const pagedBy = {
  marker: { out: 'Marker', in: 'Marker' },
  markerIfTruncated: { out: 'Marker', in: 'Marker', more: 'IsTruncated' },
  nextMarkerIfTruncated: { out: 'NextMarker', in: 'Marker', more: 'Truncated' },
  nextMarker: { out: 'NextMarker', in: 'Marker' },
  nextToken: { out: 'NextToken', in: 'NextToken' },
  lowerNextToken: { out: 'nextToken', in: 'nextToken' },
  continuationToken: { out: 'ContinuationToken', in: 'ContinuationToken' },
} as const satisfies Readonly<Record<string, Paging>>;

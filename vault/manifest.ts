import { z } from 'zod';
import { Digest } from '../evidence-model/digest.ts';
import { SnapshotEnd } from '../evidence-model/snapshot.ts';

/** What came of one dataset in one attempt, and the snapshot that says so in full. */
export const ManifestDataset = z.strictObject({
  dataset: z.string(),
  snapshot: Digest,
  outcome: SnapshotEnd.shape.outcome,
  end: SnapshotEnd,
});

/**
 * `runs/<slot>/<source>/<attempt>.json`: one attempt to read one source, in the shape of an in-toto Statement v1.
 * `subject` names every evidence file (snapshots and artifacts) as it stands in a packet.
 */
export const RunManifest = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: Digest }) })),
  predicateType: z.literal('urn:exhibit:run:v1'),
  predicate: z.strictObject({
    slot: z.string(),
    source: z.string(),
    alias: z.string(),
    collector: z.string(),
    attempt: z.number().int().positive(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    scope: z.record(z.string(), z.unknown()),
    program: z.strictObject({ version: z.string(), code: Digest }),
    datasets: z.array(ManifestDataset),
  }),
});
export type RunManifest = z.output<typeof RunManifest>;

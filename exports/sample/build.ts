import { OperatorError } from '../../evidence-model/operator-error.ts';
import { thinBag, write, written, type WriteOptions } from '../packet.ts';
import { exporterDigest } from '../code-digest.ts';
import type { Packet } from '../exporter.ts';
import { idOf } from '../identity.ts';
import { readMade, type Home } from '../release/draft.ts';
import { thinOf } from '../profiles.ts';
import { Claimed } from '../verify/judge-again.ts';
import type { ZipReader } from '../verify/zip-reader.ts';
import { sampleOf, type AskedSample } from './sample.ts';

/**
 * A packet with the rows that an auditor chose of a table of another, sealed to that one, which this vault made: so the
 * digest of the table was signed before anybody could choose. Throws `OperatorError` where it cannot be.
 */
export async function buildSample(
  parent: ZipReader,
  asked: AskedSample,
  home: Home,
  options: WriteOptions,
): Promise<{ readonly id: string; readonly path: string; readonly rows: readonly number[] }> {
  const { packet: made, cut, tagmanifest } = await readMade(parent, home);
  const { profile } = made;
  if (thinOf('sample')?.sealedTo.some((each) => each === profile) !== true)
    throw new OperatorError(`rows are chosen of a packet with all evidence, and ${profile} has none`);
  const results: unknown = JSON.parse((await parent.read('data/results/results.json')).toString());
  const { packet, exporter } = Claimed.pick({ packet: true, exporter: true }).parse(results);
  if (exporter !== (await exporterDigest()))
    throw new OperatorError(
      'another version of Exhibit made this packet: rows of it are chosen by that version',
    );
  const sample = await sampleOf(parent, { packet, profile }, asked);
  const addendum: Packet = {
    ...made,
    id: idOf('sample', made.judgement, cut, exporter, { sample }),
    ...{ profile: 'sample', twin: { tagmanifest }, period: null, sample },
  };
  const path = await write(options, addendum, thinBag(addendum, await written(addendum), cut, home.keys));
  return { id: addendum.id, path, rows: sample.selection.rows };
}

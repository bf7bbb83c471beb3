import { createHash } from 'node:crypto';
import { Digest } from './digest.ts';
import { snapshotLines } from './read-snapshot.ts';

/**
 * Digest of all of a snapshot that judging looks at: of two with the same content, taken in the same order with what
 * else was read, judging says the same. When it was read is left out, and so is what led to no record; whether it was
 * read before or after another is for whoever compares.
 */
export function contentOf(bytes: Uint8Array): Digest {
  const sum = createHash('sha256');
  const take = (value: unknown) => sum.update(`${JSON.stringify(value)}\n`);
  for (const line of snapshotLines(bytes)) {
    if (line.line === 'snapshot') take({ ...line, slot: '', attempt: 1, startedAt: '' });
    else if (line.line === 'record' || line.line === 'partition') take(line);
    else if (line.line === 'capture' && line.use === 'items') take({ page: line.exchange.artifact });
    else if (line.line === 'end') take({ outcome: line.outcome, covered: line.covered });
  }
  return Digest.parse(sum.digest('hex'));
}

import type { Progress } from '../../scheduler/night.ts';
import type { Writer } from '../surroundings.ts';

/** Tells on stderr how a slot goes: one line that is written over on a terminal, plain lines elsewhere. */
export function progressOn(writer: Writer): (progress: Progress) => void {
  return (progress) => {
    if (writer.isTTY === true) {
      writer.write(`\r\u001B[K${lineOf(progress)}${progress.step === 'closed' ? '\n' : ''}`);
      return;
    }
    if (progress.step !== 'dataset') writer.write(`${lineOf(progress)}\n`);
  };
}

function lineOf(progress: Progress): string {
  switch (progress.step) {
    case 'slot':
      return `slot ${progress.slot} is open`;
    case 'dataset':
      return `${progress.source}: reading ${progress.dataset}`;
    case 'read': {
      const { outcome, records, requests } = progress.end;
      return `${progress.source}: ${progress.dataset} is ${outcome} (${records} records, ${requests} requests)`;
    }
    case 'stamp':
      return 'failed' in progress
        ? `not stamped by ${progress.authority}: ${progress.failed}`
        : `stamped by ${progress.authority} at ${progress.at.toISOString()}`;
    case 'deposit':
      return progress.outcome.kept
        ? `checkpoint of ${progress.size} lines is kept by ${progress.id}`
        : `checkpoint of ${progress.size} lines is NOT kept by ${progress.id}: ${progress.outcome.text}`;
    case 'closed':
      return `slot ${progress.slot} is closed: ${progress.status}`;
  }
}

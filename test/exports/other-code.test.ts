import { randomBytes } from 'node:crypto';
import { cp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { openVault } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';
import { ledgerPath } from '../../vault/ledger.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';

/*
 * Packets that say other code made them. Whether that is so only the ledger can tell, which the packet key does not
 * sign: without its word it is a forgery, with it the rules have changed since.
 */
const demo = demoFolder();
const results = 'data/results/results.json';
const other = { rules: digest('other rules'), exporter: digest('another exporter') };

interface Claimed {
  slot: string;
  rules: Digest;
  exporter: Digest;
  results: { control: string; status: string; verdicts: { status: string }[] }[];
}

/** Turns one failed verdict into a pass, in results and tables alike, and claims other code. */
function claim(files: Files, code: Partial<typeof other>): Claimed {
  const claimed = JSON.parse(files.get(results)!.toString()) as Claimed;
  Object.assign(claimed, code);
  const first = claimed.results.find(({ verdicts }) => verdicts.some(({ status }) => status === 'fail'))!;
  first.verdicts.find(({ status }) => status === 'fail')!.status = 'pass';
  files.set(results, Buffer.from(`${JSON.stringify(claimed, null, 1)}\n`));
  edit(files, /verdicts\.csv$/, new RegExp(`^(${first.control},.*),fail,`, 'm'), '$1,pass,');
  return claimed;
}

async function reported(files: Files) {
  const path = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
  return { path, ...(await verifyPacket(path, await readTrust(join(demo().dir, 'trust')))) };
}

describe('a packet that claims other code, of which the ledger does not say so', () => {
  test.each([
    ['that judges', { rules: other.rules }],
    ['that writes', { exporter: other.exporter }],
    ['that judges and writes', other],
  ])('is refused: %s', async (_, code) => {
    const files = await filesOf(demo().packet('soc2-type1'));
    claim(files, code);
    const report = await reported(files);
    expect(report.verdict).toBe('failed');
    expect(failures(report)).toContain('judgement');
  });

  test('is refused also where nothing else was changed', async () => {
    const files = await filesOf(demo().packet('soc2-type1'));
    edit(files, /results\.json$/, /"exporter":"[0-9a-f]{64}"/, `"exporter":"${other.exporter}"`);
    expect(failures(await reported(files))).toEqual(['judgement']);
  });
});

describe('a packet of other code, as the ledger says', () => {
  let made: Files;

  /** What a version with other rules would have written: it says so in the ledger, then cuts the packet. */
  beforeAll(async () => {
    made = await filesOf(demo().packet('soc2-type1'));
    const { slot, results: changed } = claim(made, other);
    const dir = join(demo().dir, 'vault-of-another-version');
    await cp(join(demo().dir, 'vault'), dir, { recursive: true });
    const keys = await loadKeys(join(demo().dir, 'keys'));
    const vault = await openVault({ dir, keys, now: () => new Date(), randomBytes });
    await vault.append({ type: 'judgement', slot, ...other, results: digest(JSON.stringify(changed)) });
    await vault.checkpoint();
    await vault.close();
    made.set('ledger/ledger.jsonl', await readFile(ledgerPath(dir)));
    // What was stamped before stays: only where it is cut is another.
    const paths = [...made.keys()];
    for (const path of paths)
      if (path.endsWith('.note') && !paths.some((each) => each.startsWith(`${path}.`))) made.delete(path);
    const notes = await readdir(join(dir, 'ledger/checkpoints'));
    const note = notes
      .filter((name) => name.endsWith('.note'))
      .sort()
      .at(-1)!;
    made.set(`ledger/checkpoints/${note}`, await readFile(join(dir, 'ledger/checkpoints', note)));
  });

  test('is told as changed rules, and as not wholly checked: 3', async () => {
    const report = await reported(new Map(made));
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('incomplete');
    expect(report.rulesChanged).toEqual([expect.stringMatching(/: pass in the packet, fail now$/)]);
    expect(report.unchecked.join()).toContain('00_START_HERE.html');
    const shown = await exhibit(['verify', report.path, '--trust', join(demo().dir, 'trust')]);
    expect(shown.code).toBe(3);
    expect(shown.stdout).toMatch(/rules changed[^]*not checked[^]*incomplete: /i);
  });

  test.each([
    ['a state in the table of results', 'tables', /results\.csv$/, ',fail,', ',pass,'],
    ['a count in the table of results', 'tables', /results\.csv$/, /,fail,high,(\d+),/, ',fail,high,1$1,'],
    ['a state in the table of verdicts', 'tables', /verdicts\.csv$/, ',fail,', ',pass,'],
    ['a verdict', 'judgement', /results\.json$/, '"status": "fail"', '"status": "pass"'],
  ] as const)('is refused with %s changed by the packet key', async (_, check, name, from, to) => {
    const files = new Map(made);
    edit(files, name, from, to);
    expect(failures(await reported(files))).toContain(check);
  });

  test('names a file that nothing explains among what was not checked', async () => {
    const files = new Map(made).set('data/00_AUDITOR_SUMMARY.html', Buffer.from('All pass'));
    const report = await reported(files);
    expect(report.verdict).toBe('incomplete');
    expect(report.unchecked.join()).toContain('data/00_AUDITOR_SUMMARY.html');
  });
});

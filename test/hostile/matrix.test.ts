import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { exitCodeOf } from '../../exports/verify/report.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { checkAgainst } from '../../service/against.ts';
import { plain } from '../scheduler/support.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';
import { runVerifyMd } from '../support/verify-md.ts';
import { nightOf, openWorld, rewritten } from './matrix-world.ts';

/*
 * Who could do what to a packet, and who sees it: the commands of VERIFY.md in a bare shell, by a script that knows nothing
 * of us, and `verify`. Each row says what both must find.
 */
let world: Awaited<ReturnType<typeof openWorld>>;
let packet: string;

beforeAll(async () => {
  world = await openWorld({ parallel: true });
  packet = await world.packet();
});
afterAll(() => world.close());

const stock = (path: string, trust = world.trust) => runVerifyMd(path, trust, world.dir);
const verify = async (path: string, trust: string | null = world.trust) =>
  verifyPacket(path, trust === null ? null : await readTrust(trust), [plain]);

const when = '2026-03-07 03:30:00'.slice(0, 4);
const stamped = [expect.stringMatching(new RegExp(`^stamped by local: it was there at Mar .* ${when} GMT$`))];

test('nobody touched: every packet there is passes both', async () => {
  const all = await world.all();
  expect(all.length).toBeGreaterThan(2);
  for (const path of all) {
    expect(await stock(path), path).toEqual(stamped);
    const report = await verify(path);
    expect([report.verdict, failures(report), report.untimed], path).toEqual(['verified', [], []]);
  }
});

/** The vault as it was before its last nights, for one who writes on in it. */
const cutCopy = async (name: string) => {
  const dir = join(world.dir, name);
  await cp(world.cutDir, dir, { recursive: true });
  return dir;
};
/** Without a key. */
const outsider = async (how: (files: Files) => unknown) => {
  const files = await filesOf(packet);
  await how(files);
  return packedIn(world.dir, files);
};
/** Without a key, but so that all digests fit. */
const rehashed = (how: (files: Files) => unknown) =>
  outsider(async (files) => {
    const kept = [...files].filter(([name]) => /^tagmanifest-sha256\.txt\./.test(name));
    how(files);
    await resignedWith(files, world.keysDir);
    for (const [name, bytes] of kept) files.set(name, bytes);
  });
/** With the key that signs packets. */
const insider = (how: (files: Files) => unknown) =>
  outsider(async (files) => {
    how(files);
    await resignedWith(files, world.keysDir);
  });

/** An answer of the last night. */
const artifact = (files: Files) => {
  const [run = ''] = files.get('data/runs/whole.txt')!.toString().split('\n');
  return /data\/evidence\/[0-9a-f]{64}\.json/.exec(files.get(run)!.toString())![0];
};
const flip = (files: Files, name = artifact(files)) => {
  const bytes = Buffer.from(files.get(name)!);
  bytes[bytes.length - 2]! ^= 1;
  files.set(name, bytes);
};
const manifestOf = (files: Files, name: string) =>
  [...files.keys()].find((each) => /^data\/runs\/.*\.sha256$/.test(each) && files.get(each)!.includes(name))!;
const linesOf = (files: Files) => files.get('ledger/ledger.jsonl')!.toString().trimEnd().split('\n');
const isOf = (n: number) => (line: string) => line.includes(`"slot":"${nightOf(n)}"`);
const cutNight = (files: Files) =>
  files.set(
    'ledger/ledger.jsonl',
    Buffer.from(
      linesOf(files)
        .filter((line) => !isOf(1)(line))
        .map((line) => `${line}\n`)
        .join(''),
    ),
  );
/** A ledger without a night, chained again. */
const cutAndChained = (files: Files) => {
  let [prev, n, text] = ['', 0, ''];
  for (const line of linesOf(files).filter((each) => !isOf(1)(each))) {
    const again = JSON.stringify({ ...(JSON.parse(line) as object), n, prev });
    text += `${again}\n`;
    prev = digest(`${again}\n`);
    n += 1;
  }
  files.set('ledger/ledger.jsonl', Buffer.from(text));
};
const stamps = (files: Files) => [...files.keys()].filter((name) => /^ledger\/.*\.tsr$/.test(name)).sort();

const withoutNight = (again: Parameters<typeof rewritten>[3]) =>
  rewritten(
    world.vaultDir,
    world.keysDir,
    (lines) =>
      lines
        .filter(({ slot }) => slot !== nightOf(1))
        .map((line) => (Number(line['seq']) > 1 ? { ...line, seq: Number(line['seq']) - 1 } : line)),
    again,
  );

const sums = /^data\/evidence\/.*: FAILED$/;
const run = /^FAILED: evidence is not what was read: data\/runs\//;
const signature = /^Could not verify signature\.$/;
const packetStamp = /^FAILED: tagmanifest-sha256.* does not stamp this packet$/;
const night = (n: number) => new RegExp(`^FAILED: no line for the night of 2026-03-0${n + 2}$`);
const late = /^FAILED: stamped \d+ seconds after it claims to be written/;

interface Row {
  readonly what: string;
  readonly make: () => Promise<string>;
  readonly stock: readonly RegExp[];
  /** Checks of `verify` that must fail, among others. */
  readonly verify: readonly string[];
}

const rows: Readonly<Record<string, Row>> = {
  T1: {
    what: 'a byte of evidence is another',
    make: () => outsider((files) => flip(files)),
    stock: [sums],
    verify: ['bag'],
  },
  T2: {
    what: 'a file is gone, and its line in the list',
    make: () =>
      outsider((files) => {
        const name = artifact(files);
        files.delete(name);
        edit(files, /^manifest-sha256/, new RegExp(`.*${name}\n`), '');
      }),
    stock: [/^manifest-sha256\.txt: FAILED$/, /^FAILED: evidence is missing: data\/runs\//],
    verify: ['bag'],
  },
  T3: {
    what: 'somebody without a key changes a byte and makes all digests fit',
    make: () => rehashed((files) => flip(files)),
    stock: [signature, packetStamp, run],
    verify: ['signature', 'runs'],
  },
  T4: {
    what: 'somebody makes all of it, with keys and an authority of his own',
    make: async () => {
      const other = await openWorld();
      const path = join(world.dir, 'of-another.zip');
      await cp(await other.packet(), path);
      const anchors = join(world.dir, 'anchors-of-another');
      await cp(other.trust, anchors, { recursive: true });
      // With his anchors in the place of the company's all of it passes: they never come from the packet.
      expect(await stock(path, anchors)).toEqual(stamped);
      expect((await verify(path, anchors)).verdict).toBe('verified');
      expect((await verify(path, null)).verdict).toBe('author-not-established');
      await other.close();
      return path;
    },
    stock: [signature, packetStamp, /^FAILED: not signed by the company/, /does not stamp ledger/],
    verify: ['checkpoint', 'signature'],
  },
  T5: {
    what: 'the key of packets signs changed evidence',
    make: () => insider((files) => flip(files)),
    stock: [run],
    verify: ['runs'],
  },
  T6: {
    what: '… and makes the list of the run fit',
    make: () =>
      insider((files) => {
        const name = artifact(files);
        const before = digest(files.get(name)!);
        flip(files);
        const list = manifestOf(files, name);
        edit(files, new RegExp(list), before + '  ', `${digest(files.get(name)!)}  `);
      }),
    stock: [/^FAILED: not in the ledger: data\/runs\//],
    verify: ['runs'],
  },
  T7: {
    what: 'a night is cut out of the ledger',
    make: () => insider(cutNight),
    stock: [/^FAILED: it has more or fewer lines/, /^FAILED: it does not follow: /, night(1)],
    verify: ['ledger'],
  },
  'T7, chained again': {
    what: 'the same, chained again, under the old checkpoint',
    make: () => insider(cutAndChained),
    stock: [/^FAILED: it was another when it was signed/, /^FAILED: the ledger was another at /, night(1)],
    verify: ['ledger'],
  },
  'T7, unsigned': {
    what: 'the same, under a checkpoint without a signature',
    make: () =>
      insider((files) => {
        cutAndChained(files);
        const all = [...files.keys()].filter((name) => name.endsWith('.note')).sort();
        for (const name of stamps(files)) files.delete(name);
        for (const name of all.slice(0, -1)) files.delete(name);
        const last = linesOf(files);
        const name = all.at(-1)!;
        const note = files.get(name)!.toString().split('\n');
        note[3] = `chain-sha256 ${digest(`${last.at(-1)!}\n`)}`;
        files.set(name, Buffer.from(`${note.slice(0, 4).join('\n')}\n\n`));
      }),
    stock: [/^FAILED: not signed by anybody: /, night(1)],
    verify: ['checkpoint'],
  },
  T8: {
    what: 'all keys: a night is cut, all is chained and signed again, under the old stamps',
    make: async () => world.packetOf(await withoutNight(null)),
    stock: [/^FAILED: ledger.* does not stamp ledger/, night(1)],
    verify: ['ledger'],
  },
  T9: {
    what: '… under stamps of today',
    make: async () => world.packetOf(await withoutNight(world.stamping)),
    stock: [late, night(1)],
    verify: ['ledger'],
  },
  T10: {
    what: '… a run that failed went well, under stamps of today',
    make: async () =>
      world.packetOf(
        await rewritten(
          world.vaultDir,
          world.keysDir,
          (lines) => lines.map((line) => (line['status'] === 'failed' ? { ...line, status: 'ok' } : line)),
          world.stamping,
        ),
      ),
    stock: [late],
    verify: ['stamps'],
  },
  T11: {
    what: 'the last nights are left out',
    make: async () => world.packetOf(await cutCopy('cut-back')),
    stock: [night(4)],
    verify: ['nights'],
  },
  'T11, by a clock and an authority of one’s own': {
    what: 'the last nights are left out, and somebody unknown says that the packet was there before them',
    make: async () => world.backdated(await cutCopy('backdated')),
    stock: [/^FAILED: tagmanifest-sha256\.txt\.own\.tsr does not stamp this packet$/],
    verify: ['nights'],
  },
  T12: {
    what: 'a file more',
    make: () => outsider((files) => files.set('data/more.csv', Buffer.from('x\n'))),
    stock: [/^< data\/more\.csv$/],
    verify: ['bag'],
  },
  'T12, beside the list': {
    what: 'a file more that is called like the list of lists',
    make: () => outsider((files) => files.set('tagmanifest-sha256.txt.html', Buffer.from('x\n'))),
    stock: [/^< tagmanifest-sha256\.txt\.html$/],
    verify: ['bag'],
  },
  T13: {
    what: 'one time stamp is that of another',
    make: () =>
      insider((files) => {
        const all = stamps(files);
        files.set(all[2]!, files.get(all[3]!)!);
      }),
    stock: [/^FAILED: ledger.* does not stamp ledger/],
    verify: ['stamps'],
  },
  T14: {
    what: 'the clock of the host stands thirty days back, and the authority is honest',
    make: async () => {
      const other = await openWorld({ behindMs: 30 * 86_400_000 });
      const path = join(world.dir, 'set-back.zip');
      await cp(await other.packet(), path);
      await cp(other.trust, join(world.dir, 'trust-of-T14'), { recursive: true });
      await other.close();
      return path;
    },
    stock: [late],
    verify: ['stamps'],
  },
};

describe('found by stock tools and by verify', () => {
  test.each(Object.entries(rows))('%s', async (id, { what, make, stock: wanted, verify: checks }) => {
    const path = await make();
    const trust = id === 'T14' ? join(world.dir, 'trust-of-T14') : world.trust;
    const said = await stock(path, trust);
    for (const each of wanted)
      expect(said, `${what}: ${said.join('\n')}`).toContainEqual(expect.stringMatching(each));
    const report = await verify(path, trust);
    expect([exitCodeOf(report), failures(report)], what).toEqual([4, expect.arrayContaining([...checks])]);
  });

  test('every way that is documented is here, but for those that only a deposit shows', async () => {
    const documented = await readFile(new URL('../../docs/packets.md', import.meta.url), 'utf8');
    const here = new Set(Object.keys(rows).map((id) => id.split(',')[0]));
    expect([...here]).toEqual(Array.from({ length: 14 }, (_, n) => `T${n + 1}`));
    const listed = [...documented.matchAll(/^\| (T\d+) .* \| (.*) \|$/gm)];
    expect(listed.map(([, id]) => id)).toEqual(Array.from({ length: 16 }, (_, n) => `T${n + 1}`));
    for (const [, id = '', cell = ''] of listed)
      for (const check of rows[id]?.verify ?? []) expect(cell, id).toContain(`\`${check}\``);
  });
});

describe('two ledgers from the first day on, each stamped every night', () => {
  test('T15: pass everything, whichever of them is shown', async () => {
    const other = await world.parallelPacket();
    for (const path of [packet, other]) {
      expect(await stock(path)).toEqual(stamped);
      expect((await verify(path)).verdict).toBe('verified');
    }
    expect((await filesOf(packet)).get('VERIFY.md')!.toString()).toMatch(
      /Two ledgers that were kept side by side from the first day on/,
    );
  });

  test('T16: one checkpoint that was deposited shows the other, to stock tools and to verify', async () => {
    const other = await world.parallelPacket();
    // The checkpoint that closed the third night, as it was given to somebody to keep.
    const closing = linesOf(await filesOf(packet)).findIndex(
      (line) => line.includes('"type":"slot.close"') && isOf(2)(line),
    );
    const name = `ledger/checkpoints/${String(closing + 1).padStart(8, '0')}.note`;
    const note = join(world.dir, 'deposited.note');
    await writeFile(note, (await filesOf(packet)).get(name)!);
    expect(await checkAgainst(packet, note)).toMatchObject({ ok: true });
    expect(await checkAgainst(other, note)).toMatchObject({
      ok: false,
      text: expect.stringMatching(/there are two histories$/) as string,
    });
    const wanted = /^chain-sha256 (.*)$/m.exec(await readFile(note, 'utf8'))?.[1];
    expect(await printed(packet, note)).toBe(wanted);
    expect(await printed(other, note)).not.toBe(wanted);
  });
});

/** What the command of VERIFY.md about a deposited checkpoint prints. */
async function printed(path: string, note: string): Promise<string> {
  const text = (await filesOf(path)).get('VERIFY.md')!.toString();
  const [, command = ''] = /```\n(sed -n .*THAT\.note.*)\n```/.exec(text) ?? [];
  const copy = join(world.dir, `against-${digest(path).slice(0, 8)}`);
  await mkdir(join(copy, 'ledger'), { recursive: true });
  await writeFile(join(copy, 'ledger/ledger.jsonl'), (await filesOf(path)).get('ledger/ledger.jsonl')!);
  return execFileSync('sh', ['-ec', command.replaceAll('THAT.note', note)], {
    cwd: copy,
    encoding: 'utf8',
  }).slice(0, 64);
}

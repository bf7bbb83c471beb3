import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { profiles } from '../../exports/profiles.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';

const time = z.iso.datetime();

/** A packet that somebody asked for: being built, ready to be fetched, or failed with a reason. */
export const PacketJob = z.strictObject({
  id: z.uuid(),
  profile: z.enum(profiles),
  asOf: time.nullable(),
  requestedAt: time,
  state: z.enum(['building', 'ready', 'failed']),
  /** What it is when it is ready. */
  file: z.strictObject({ name: z.string(), bytes: z.number().int(), sha256: Digest }).nullable(),
  reason: z.string().nullable(),
});
export type PacketJob = z.output<typeof PacketJob>;

export type PacketRequest = Pick<PacketJob, 'profile' | 'asOf'>;

/** Builds one packet whole, or leaves nothing, and says where it is. */
export type PacketBuilder = (request: PacketRequest) => Promise<{ readonly path: string }>;

/** The packets that were asked for over HTTP. One is built at a time; what is ready outlives a restart. */
export class PacketJobs {
  readonly #folder: string;
  readonly #packets: string;
  readonly #build: PacketBuilder;
  readonly #now: () => Date;
  readonly #broken: (error: unknown) => void;
  readonly #jobs: Map<string, PacketJob>;
  #work: Promise<void> = Promise.resolve();
  #stopped = false;

  private constructor(options: Omit<Options, 'state'>, folder: string, jobs: Map<string, PacketJob>) {
    this.#folder = folder;
    this.#packets = options.packets;
    this.#build = options.build;
    this.#now = options.now;
    this.#broken = options.broken;
    this.#jobs = jobs;
  }

  static async open(options: Options): Promise<PacketJobs> {
    const folder = join(options.state, 'packets');
    try {
      await mkdir(folder, { recursive: true });
      await mkdir(options.packets, { recursive: true });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      throw new OperatorError(
        `the folders ${folder} and ${options.packets} cannot be made (${code}): let the user that runs Exhibit write there`,
      );
    }
    const jobs = new PacketJobs(options, folder, await readJobs(folder));
    for (const job of jobs.list())
      if (job.state === 'building')
        await jobs.#note({
          ...job,
          state: 'failed',
          reason: 'the service stopped while it was built; ask again',
        });
    return jobs;
  }

  /** Newest first. */
  list(): PacketJob[] {
    return [...this.#jobs.values()].sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
  }

  find(id: string): PacketJob | null {
    return this.#jobs.get(id) ?? null;
  }

  /** Where the file of a packet that is ready is. */
  pathOf(file: NonNullable<PacketJob['file']>): string {
    return join(this.#packets, file.name);
  }

  async request({ profile, asOf }: PacketRequest): Promise<PacketJob> {
    const requestedAt = this.#now().toISOString();
    const job: PacketJob = {
      id: randomUUID(),
      profile,
      asOf,
      requestedAt,
      state: 'building',
      file: null,
      reason: null,
    };
    await this.#note(job);
    this.#work = this.#work.then(() => this.#make(job)).catch(this.#broken);
    return job;
  }

  /** Takes up no more work and waits for what is under way, which the stop signal cuts short. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
  }

  async #make(job: PacketJob): Promise<void> {
    if (this.#stopped) return;
    try {
      const { path } = await this.#build({ profile: job.profile, asOf: job.asOf });
      await this.#note({ ...job, state: 'ready', file: { name: basename(path), ...(await factsOf(path)) } });
    } catch (error) {
      // Only what is meant for operators is told over HTTP; any other message may hold anything.
      const known = error instanceof OperatorError || error instanceof IntegrityError;
      const reason = known
        ? error.message
        : `Exhibit itself failed: ${error instanceof Error ? error.name : 'unknown'}`;
      await this.#note({ ...job, state: 'failed', reason });
    }
  }

  async #note(job: PacketJob): Promise<void> {
    const path = join(this.#folder, `${job.id}.json`);
    await writeFile(`${path}.tmp`, `${JSON.stringify(job)}\n`);
    await rename(`${path}.tmp`, path);
    this.#jobs.set(job.id, job);
  }
}

interface Options {
  readonly state: string;
  readonly packets: string;
  readonly build: PacketBuilder;
  readonly now: () => Date;
  /** Told when not even the failure of a packet can be written down. */
  readonly broken: (error: unknown) => void;
}

async function readJobs(folder: string): Promise<Map<string, PacketJob>> {
  const jobs = new Map<string, PacketJob>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const path = join(folder, name);
    const job = PacketJob.safeParse(parsed(await readFile(path, 'utf8')));
    if (!job.success) throw new OperatorError(`${path} is damaged: remove it; no packet is lost by that`);
    jobs.set(job.data.id, job.data);
  }
  return jobs;
}

async function factsOf(path: string): Promise<{ bytes: number; sha256: Digest }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: Digest.parse(hash.digest('hex')) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

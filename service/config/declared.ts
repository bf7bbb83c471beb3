import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { AttestationEntry } from '../../controls/declared/attestation.ts';
import type { Declared } from '../../controls/declared/declared.ts';
import { LegalEntity, Subservice } from '../../controls/declared/scope.ts';
import { digest } from '../../evidence-model/digest.ts';
import { ApprovalFile, readApprovals } from './approvals.ts';
import { readReviews, ReviewEntry } from './reviews.ts';
import type { YamlFile } from './yaml-file.ts';

const path = z.string().min(1);

/** What only people can say: each a YAML file, or the list itself. */
export const declaredSettings = {
  attestations: z.union([path, z.array(AttestationEntry)]).default([]),
  /** A CSV of what was approved, with where it comes from. */
  approvals: ApprovalFile.optional(),
  entities: z.union([path, z.array(LegalEntity)]).default([]),
  subservices: z.union([path, z.array(Subservice)]).default([]),
  reviews: z.union([path, z.array(ReviewEntry)]).default([]),
};

/** A list, and where it stands. */
export interface Listing<T> {
  readonly yaml: YamlFile;
  readonly at: readonly PropertyKey[];
  readonly value: T;
}

interface Surroundings {
  /** A list that stands in the configuration or in a file that it names. */
  readonly besides: <T extends z.ZodType>(
    name: 'attestations' | 'entities' | 'subservices' | 'reviews',
    schema: T,
  ) => Listing<z.output<T>>;
  readonly under: (name: string) => string;
  readonly sources: readonly { readonly id: string; readonly collector: { readonly id: string } }[];
}

/** Kinds of sources that a topic can be about. */
const about: Readonly<Record<string, readonly string[]>> = {
  'saas-backup': ['microsoft365', 'github'],
  'restore-test': ['aws'],
};

/** Reads and checks all of it. Throws `OperatorError`, one sentence, where something is wrong. */
export function readDeclared(
  approvals: z.output<typeof ApprovalFile> | undefined,
  { besides, under, sources }: Surroundings,
): Omit<Declared, 'companyControls' | 'risks' | 'frameworks'> {
  const attestations = besides('attestations', z.array(AttestationEntry));
  const entities = besides('entities', z.array(LegalEntity));
  const subservices = besides('subservices', z.array(Subservice));
  for (const [what, { yaml, at, value }] of Object.entries({ attestations, entities, subservices }))
    for (const [n, { id }] of value.entries())
      if (value.findIndex((each) => each.id === id) !== n)
        throw yaml.error([...at, n, 'id'], `there are two ${what} ${id}`);

  const collectorOf = new Map(sources.map(({ id, collector }) => [id, collector.id]));
  const owners = new Map<string, string>();
  for (const [n, { name, sources: theirs }] of entities.value.entries())
    for (const [m, { source }] of theirs.entries()) {
      const where = [...entities.at, n, 'sources', m, 'source'];
      if (!collectorOf.has(source)) throw entities.yaml.error(where, `there is no source ${source}`);
      const other = owners.get(source);
      if (other !== undefined) throw entities.yaml.error(where, `${source} is that of ${other} already`);
      owners.set(source, name);
    }
  for (const [n, { report }] of subservices.value.entries())
    if (report && report.to < report.from)
      throw subservices.yaml.error(
        [...subservices.at, n, 'report', 'to'],
        'a period cannot end before it begins',
      );

  return {
    attestations: attestations.value.map((attestation, n) => {
      const { yaml, at } = attestations;
      const { file, ...said } = attestation;
      const wrong = (field: string, what: string) => yaml.error([...at, n, field], what);
      if (said.validUntil < said.statedOn) throw wrong('validUntil', 'it cannot end before it is stated');
      if ('source' in said) {
        const kinds = about[said.topic] ?? [];
        const collector = collectorOf.get(said.source);
        if (collector === undefined) throw wrong('source', `there is no source ${said.source}`);
        if (!kinds.includes(collector))
          throw wrong('source', `${said.topic} is stated of a source of ${kinds.join(' or ')}`);
      }
      if (file === undefined) return said;
      let bytes: Uint8Array;
      try {
        bytes = readFileSync(under(file));
      } catch {
        throw wrong('file', 'the file cannot be read: name it as it is called, beside the configuration');
      }
      return { ...said, file: { name: basename(file), digest: digest(bytes), bytes: bytes.length } };
    }),
    approvals: approvals
      ? readApprovals(approvals, under(approvals.file), new Set(collectorOf.keys()))
      : null,
    entities: entities.value,
    subservices: subservices.value,
    reviews: readReviews(besides('reviews', z.array(ReviewEntry)), { under, sources }),
  };
}

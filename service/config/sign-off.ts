import { z } from 'zod';
import { stringify } from 'yaml';
import type { Draft } from '../../exports/release/draft.ts';
import { findings } from '../../exports/release/statement.ts';
import { toSign } from '../../exports/release/to-sign.ts';
import { YamlFile } from './yaml-file.ts';

/** Initials, such as AB or A.B. */
export const Initials = z
  .string()
  .regex(/^\p{L}[\p{L}.]{0,7}$/u, 'must be initials: 1 to 8 letters, with dots or without');

/** The sheet as it is filled in: whatever is empty was not accepted. */
export const SignOffSheet = z.strictObject({
  draft: z.string(),
  provider: z.enum(['consulted', 'not consulted']).nullable(),
  leaveOpen: z.enum(['yes', 'no']).nullable(),
  accept: z.array(
    z.strictObject({
      question: z.string(),
      about: z.string(),
      finding: z.enum(findings),
      initials: Initials.nullable(),
    }),
  ),
});
export type SignOffSheet = z.output<typeof SignOffSheet>;

/** A sheet to be filled in. Nothing in it is filled in beforehand. */
export function emptySheet({ packet, tagmanifest }: Draft): string {
  const { accept, open } = toSign(packet);
  const sheet = {
    ...{ draft: tagmanifest, provider: null, leaveOpen: null },
    accept: accept.map((each) => ({ ...each, initials: null })),
  };
  return `# What whoever releases the packet stands up for. Software supplied the facts; management supplies the answers.
# provider: consulted, or not consulted: whoever provides the IT.
# leaveOpen: yes, where the company leaves ${open.length} questions to be answered: ${open.join(', ') || 'none'}
# initials: of whoever accepts the answer as it is, one by one.
${stringify(sheet, { lineWidth: 0, nullStr: '' })}`;
}

export function readSheet(path: string): SignOffSheet {
  return YamlFile.read(path, 'name the sheet that --sheet wrote').parse(SignOffSheet);
}

import { z } from 'zod';
import { Credential } from '../../evidence-model/kinds.ts';
import type { Emission } from '../../evidence-model/kind.ts';
import { known } from '../../evidence-model/unknown.ts';
import { silent, Time, timeOf, timeOrNever } from './scope.ts';

const Secret = z.object({
  keyId: z.string().min(1),
  displayName: z.string().nullish(),
  startDateTime: Time.nullish(),
  endDateTime: Time.nullable().optional(),
});

/** The passwords and certificates that programs prove themselves with, as far as Graph tells of them. */
export const Credentials = {
  passwordCredentials: z.array(Secret).nullish(),
  keyCredentials: z.array(Secret).nullish(),
};

/** The start of a password and the bytes of a key: neither is needed, and the first is a piece of a secret. */
export const credentialSecrets: readonly string[] = [
  ...['hint', 'secretText'].map((name) => `/value/*/passwordCredentials/*/${name}`),
  '/value/*/keyCredentials/*/key',
];

export const credentialFields = ['account', 'name', 'type', 'createdAt', 'expiresAt'] as const;

/** One record for each password and certificate of a program, with its dates. */
export function credentialRecords(
  owner: string,
  { passwordCredentials, keyCredentials }: z.output<z.ZodObject<typeof Credentials>>,
): Emission[] {
  const records = (type: 'program-password' | 'program-certificate', secrets: z.output<typeof Secret>[]) =>
    secrets.map((secret) =>
      Credential.record({
        id: `${owner}:${type}:${secret.keyId}`,
        account: owner,
        name: secret.displayName ?? secret.keyId,
        type,
        createdAt: known(timeOf(secret.startDateTime), silent),
        expiresAt: known(timeOrNever(secret.endDateTime), silent),
      }),
    );
  // Without one of the lists it is not known what the program proves itself with.
  if (!passwordCredentials || !keyCredentials) throw new Error('the credentials are not told');
  return [
    ...records('program-password', passwordCredentials),
    ...records('program-certificate', keyCredentials),
  ];
}

import { z } from 'zod';
import { known } from '../../evidence-model/unknown.ts';
import { silent } from './scope.ts';

const Control = z.looseObject({ isEnabled: z.boolean().nullish() }).nullish();
const Frequency = z
  .object({
    isEnabled: z.boolean(),
    value: z.int().nullish(),
    type: z.string().nullish(),
    frequencyInterval: z.string().nullish(),
    authenticationType: z.string().nullish(),
  })
  .nullish();

/** What a policy holds to for as long as somebody is signed in. */
export const Session = z
  .looseObject({
    signInFrequency: Frequency,
    persistentBrowser: z
      .object({ isEnabled: z.boolean(), mode: z.enum(['always', 'never']).nullish() })
      .nullish(),
  })
  .nullish();

export const sessionFields = ['signInFrequency', 'persistentBrowser', 'sessionControls'] as const;

/** The same as fields of a record. Null says that a policy has none of it; an answer without it says nothing. */
export function sessionOf(session: z.output<typeof Session>) {
  if (session === undefined)
    return {
      signInFrequency: { unknown: silent },
      persistentBrowser: { unknown: silent },
      sessionControls: { unknown: silent },
    };
  const { signInFrequency, persistentBrowser, ...others } = session ?? {};
  const browser = persistentBrowser?.isEnabled ? persistentBrowser.mode : ('none' as const);
  return {
    signInFrequency: frequencyOf(signInFrequency),
    persistentBrowser: known(browser, silent),
    sessionControls: Object.entries(others)
      .filter(([name, value]) => !name.includes('@') && isOn(value))
      .map(([name]) => name)
      .sort(),
  };
}

function frequencyOf(frequency: z.output<typeof Frequency>) {
  if (!frequency?.isEnabled) return 'none' as const;
  if (frequency.frequencyInterval === 'everyTime') return 'every-time' as const;
  const { value, type, authenticationType } = frequency;
  if (!value || !type) return { unknown: silent };
  return { every: value, unit: type, of: authenticationType ?? 'primaryAndSecondaryAuthentication' };
}

/** A control is a switch, or something that has one. */
function isOn(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  return Control.safeParse(value).data?.isEnabled === true;
}

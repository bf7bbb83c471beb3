import { SignIn } from '../../evidence-model/kinds.ts';
import { compare } from '../../evidence-model/subject.ts';
import type { Evidence } from '../evaluate.ts';
import { everything, openIn } from '../readings.ts';
import { through, within, windowsOf } from '../window.ts';
import { untold, type Told } from './facts.ts';

/** How many days of the sign-in log show what happens: a working week, which the first reading of one reaches back to. */
const observedDays = 5;

const need = { kind: SignIn.name, fields: ['at'], at: 'at' };

/** What the sign-in log of one source shows of each account: that a second factor was asked for, and never that none was. */
export function observedAt(
  { readings, subjects }: Evidence,
  source: string,
): (account: string) => Told<boolean> {
  const logs = readings.filter((each) => each.source === source && each.kinds[SignIn.name] !== undefined);
  if (logs.length === 0) return () => untold('no log of sign-ins was read');
  const window = windowsOf(observedDays, [{ id: source }], logs).get(source);
  const open = openIn(
    logs.map((log) => through(log, window)),
    everything,
  );
  const seen = new Map<string, { asked: boolean; not: boolean; unclear: string | null }>();
  let nobody: string | null = null;
  for (const signIn of subjects.of(SignIn.name)) {
    if (signIn.source !== source || !within(signIn, need, window)) continue;
    const value = (field: string) => signIn.fields.get(field)?.value;
    const account = value('account');
    if (typeof account !== 'string') {
      nobody = 'whose some sign-in was is not told';
      continue;
    }
    if (value('succeeded') === false) continue;
    const asked = value('secondFactorAsked');
    const its = seen.get(account) ?? { asked: false, not: false, unclear: null };
    seen.set(account, its);
    if (typeof asked !== 'boolean' || value('succeeded') !== true)
      its.unclear = 'of some sign-in it is not told whether a second factor was asked for';
    else if (asked) its.asked = true;
    else its.not = true;
  }
  const lacking = open.length > 0 ? open.toSorted(compare).join('; ') : nobody;
  return (account) => {
    const its = seen.get(account);
    if (its?.not) return false;
    if (lacking !== null) return untold(lacking);
    if (its?.unclear) return untold(its.unclear);
    return its?.asked ? true : untold('the log names no sign-in for which a second factor was asked');
  };
}

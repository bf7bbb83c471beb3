import type { Told } from '../support.ts';
import { devices } from './devices.ts';
import { exchange } from './mail.ts';
import { filters } from './mail-filter.ts';
import { methods } from './methods.ts';
import { bought } from './origin.ts';
import { takingOn } from './privileged.ts';
import { letIn } from './programs.ts';
import { rights } from './rights.ts';
import { atRisk } from './risks.ts';
import { signIns } from './used.ts';

type Fields = Readonly<Record<string, unknown>>;
type Part =
  | ('schedule' | 'rule' | 'program' | 'secret' | 'grant' | 'device' | 'may' | 'files')
  | ('settings' | 'policy' | 'remote' | 'cleo' | 'risk' | 'sms' | 'links');

/** Everything that is read of a tenant beside what `microsoft365` tells, each dataset once. */
export function besides(
  facts: Partial<Record<Part, Fields>>,
  { premium }: { readonly premium: boolean },
): Told[] {
  const { schedule = {}, rule = {}, program = {}, secret = {}, grant = {}, device = {} } = facts;
  const { may = {}, files = {}, settings = {}, policy = {}, remote = {}, cleo, risk } = facts;
  const { sms = {}, links = {} } = facts;
  return [
    ...takingOn({ schedule, rule }).filter(({ dataset }) => dataset !== 'microsoft365/subscribed-skus'),
    signIns(cleo),
    ...letIn({ program, secret, grant }),
    ...devices({ device }),
    ...rights({ may, files }),
    ...exchange({ settings, policy, remote }),
    bought({ services: premium ? ['AAD_PREMIUM_P2', 'ATP_ENTERPRISE'] : ['AAD_PREMIUM'] }),
    atRisk(risk),
    ...methods({ sms }),
    ...filters({ links }),
  ];
}

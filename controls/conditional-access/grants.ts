import type { Policy, Proof, Strength } from './model.ts';

/** What an old client can do of what is asked; of everything else nothing is known. Whatever it cannot do keeps it out: https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication */
const beyondOldClients: Readonly<Record<string, readonly string[]>> = {
  other: ['mfa', 'strength', 'compliantDevice', 'domainJoinedDevice'],
  exchangeActiveSync: ['mfa', 'strength'],
};

/** Demands that no second factor meets. */
const others: ReadonlySet<string> = new Set([
  ...['compliantDevice', 'domainJoinedDevice', 'approvedApplication', 'compliantApplication'],
  'passwordChange',
]);

/** Ways that cannot be phished: https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths */
const unphishable: ReadonlySet<string> = new Set([
  'windowsHelloForBusiness',
  'fido2',
  'x509CertificateMultiFactor',
]);

/**
 * One thing that is asked: whether nobody meets it without the proof (`null`: not known), and what is true of whoever
 * meets it otherwise.
 */
interface Demand {
  readonly kind: string;
  readonly proves: boolean | null;
  readonly fact: string;
  readonly doubt: string | null;
}

/** Everything that a policy asks. */
export function demandsOf(
  policy: Policy,
  proof: Proof,
  strengths: ReadonlyMap<string, Strength>,
): readonly Demand[] {
  const { grants, customFactors, termsOfUse, strength } = policy;
  return [
    ...grants.map((grant) => builtIn(grant, proof)),
    ...customFactors.map(() => ({
      kind: 'custom',
      proves: proof === 'refusal' ? false : null,
      fact: "another party's factor is shown",
      doubt: proof === 'refusal' ? null : "it asks for another party's factor, which is not read",
    })),
    ...termsOfUse.map(() => ({
      kind: 'terms',
      proves: false,
      fact: 'terms of use are accepted',
      doubt: null,
    })),
    ...(strength === 'none' ? [] : [strengthOf(strengths.get(strength.toLowerCase()), proof)]),
  ];
}

function builtIn(grant: string, proof: Proof): Demand {
  if (grant === 'block') return { kind: grant, proves: true, fact: grant, doubt: null };
  if (grant === 'mfa')
    return { kind: 'mfa', proves: proof === 'mfa', fact: 'any second factor is shown', doubt: null };
  const known = others.has(grant);
  return {
    kind: grant,
    proves: known ? false : null,
    fact: grant,
    doubt: known ? null : `it asks for ${grant}, and what meets that nobody here knows`,
  };
}

function strengthOf(strength: Strength | undefined, proof: Proof): Demand {
  if (proof === 'refusal')
    return { kind: 'strength', proves: false, fact: 'an authentication strength is met', doubt: null };
  if (!strength)
    return {
      kind: 'strength',
      proves: null,
      fact: 'a strength is met',
      doubt: 'the authentication strength that it names was not read',
    };
  const { combinations, secondFactor } = strength;
  const strong = combinations.length > 0 && combinations.every((each) => unphishable.has(each));
  return {
    kind: 'strength',
    proves: proof === 'mfa' ? secondFactor : strong,
    fact: 'a weaker authentication strength is met',
    doubt: null,
  };
}

/**
 * How a client of this type gets past what is asked without showing the proof: each way is what is true then. None where
 * it cannot. Where it is not known whether a demand is the proof, `benefit` says what it is taken for.
 */
export function past(
  operator: Policy['operator'],
  demands: readonly Demand[],
  client: string,
  benefit: boolean,
): readonly (readonly string[])[] {
  if (operator === 'none' || demands.length === 0) return [[]];
  const beyond = beyondOldClients[client] ?? [];
  const shut = ({ kind, proves }: Demand) => (proves ?? benefit) || beyond.includes(kind);
  if (operator === 'or') return demands.filter((demand) => !shut(demand)).map(({ fact }) => [fact]);
  return demands.some(shut) ? [] : [demands.map(({ fact }) => fact)];
}

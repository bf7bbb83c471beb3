import type { M365User, Microsoft365Model } from './model.ts';

type Json = Readonly<Record<string, unknown>>;

export function renderOrganization({ tenant, name, domain }: Microsoft365Model): Json {
  return {
    id: tenant,
    displayName: name,
    tenantType: 'AAD',
    createdDateTime: '2017-05-04T08:15:00Z',
    onPremisesSyncEnabled: null,
    verifiedDomains: [
      { name: domain, isDefault: true, isInitial: true, capabilities: 'Email', type: 'Managed' },
    ],
  };
}

/** The address that mail is answered from is told in capitals: https://learn.microsoft.com/graph/api/resources/user#properties */
function proxiesOf({ mail, aliases, guest }: M365User): string[] {
  return [`SMTP:${mail}`, ...aliases.map((alias) => `smtp:${alias}`), ...(guest ? [] : [`SIP:${mail}`])];
}

/** Every property of a user that is known here; which of them are told depends on `$select`. */
export function renderUser(user: M365User): Json {
  const [given = '', family = ''] = user.displayName.split(' ');
  return {
    id: user.id,
    businessPhones: [user.phone],
    displayName: user.displayName,
    givenName: given,
    surname: family,
    jobTitle: user.jobTitle,
    department: user.department,
    mail: user.mail,
    proxyAddresses: proxiesOf(user),
    mobilePhone: user.phone,
    officeLocation: null,
    preferredLanguage: null,
    userPrincipalName: user.userPrincipalName,
    accountEnabled: user.enabled,
    userType: user.guest ? 'Guest' : 'Member',
    createdDateTime: user.createdAt,
    onPremisesSyncEnabled: null,
    assignedLicenses: user.licences.map((skuId) => ({ skuId, disabledPlans: [] })),
    signInActivity:
      user.signedInAt === null
        ? null
        : {
            lastSignInDateTime: user.signedInAt,
            lastNonInteractiveSignInDateTime: user.signedInAt,
            lastSuccessfulSignInDateTime: user.signedInAt,
          },
  };
}

/** What people register, with the method that they prefer and the one that the tenant prefers for them. */
const methods = [
  { registered: ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'], own: 'push', system: ['push'] },
  { registered: ['microsoftAuthenticatorPush'], own: 'push', system: ['push'] },
  { registered: ['softwareOneTimePasscode'], own: 'oath', system: ['oath'] },
  { registered: ['fido2SecurityKey', 'microsoftAuthenticatorPush'], own: 'push', system: ['fido2'] },
] as const;
const notAllowed = { registered: ['mobilePhone'], own: 'sms', system: [] } as const;
const nothing = { registered: [], own: 'none', system: [] } as const;

export function renderRegistration(user: M365User, isAdmin: boolean): Json {
  const usable = user.registration === 'usable';
  const usual = methods[Number.parseInt(user.id.slice(0, 4), 16) % methods.length] ?? methods[0];
  const { registered, own, system } = usable
    ? usual
    : user.registration === 'unusable'
      ? notAllowed
      : nothing;
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.guest ? 'guest' : 'member',
    isAdmin,
    isSsprRegistered: registered.length > 0,
    isSsprEnabled: false,
    isSsprCapable: false,
    isMfaRegistered: registered.length > 0,
    isMfaCapable: usable,
    isPasswordlessCapable: registered.some((method) => method === 'fido2SecurityKey'),
    methodsRegistered: registered,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: system,
    userPreferredMethodForSecondaryAuthentication: own,
    lastUpdatedDateTime: user.createdAt.replace('Z', '.1234567Z'),
  };
}

const methodTypes: Readonly<Record<string, string>> = {
  microsoftAuthenticatorPush: 'microsoftAuthenticator',
  softwareOneTimePasscode: 'softwareOath',
  fido2SecurityKey: 'fido2',
  mobilePhone: 'phone',
};

/** The same, one by one, as the directory tells it of one person: with telephone numbers and names of devices. */
export function renderMethods(user: M365User): Json[] {
  const { methodsRegistered } = renderRegistration(user, false);
  const password = {
    '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
    // The same for everybody: https://learn.microsoft.com/graph/api/resources/passwordauthenticationmethod
    id: '28c10230-6103-485e-b985-444c60001490',
    password: null,
    createdDateTime: user.createdAt,
  };
  const others = (methodsRegistered as readonly string[]).map((method, n) => ({
    '@odata.type': `#microsoft.graph.${methodTypes[method] ?? method}AuthenticationMethod`,
    id: `${user.id}-${n}`,
    createdDateTime: user.createdAt,
    ...(method === 'mobilePhone' ? { phoneNumber: user.phone } : { displayName: user.displayName }),
  }));
  return [password, ...others];
}

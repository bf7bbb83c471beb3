/**
 * What reading Exchange Online takes. The permission says «manage»: what an application may do with it is what its
 * directory role lets it, and Global Reader lets it read.
 * https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2
 */
export const exchangePermissions = [
  'Office 365 Exchange Online: Exchange.ManageAsApp',
  'Directory role: Global Reader, held by the application',
];

/** What a token for Exchange may name, and nothing beside it. */
export const exchangeRole = 'Exchange.ManageAsApp';

/** Why a field is unknown that Exchange could have told. */
export const silentExchange = 'Exchange Online does not tell it';

/** There is one of these settings in a tenant. */
export const wholeTenant = 'exchange-online';

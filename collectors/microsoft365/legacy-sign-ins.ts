import { dataset, listing } from './scope.ts';
import { during, signIns } from './sign-ins.ts';

/**
 * Ways of signing in that cannot ask for a second factor:
 * https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication
 */
const clients = [
  ...['Authenticated SMTP', 'Autodiscover', 'Exchange ActiveSync', 'Exchange Online PowerShell'],
  ...['Exchange Web Services', 'IMAP4', 'MAPI Over HTTP', 'Offline Address Book'],
  ...['Outlook Anywhere (RPC over HTTP)', 'POP3', 'Reporting Web Services', 'Other clients'],
];

/**
 * Sign-ins by old protocols in which somebody took part, those that were refused too: who tries shows what is still open
 * to trying.
 */
export const legacySignIns = dataset.log({
  ...signIns,
  id: 'microsoft365/legacy-sign-ins',
  title: 'Sign-ins by old protocols',
  docs: 'https://learn.microsoft.com/graph/api/signin-list',
  requests: (_scope, _parent, interval) => [
    listing(
      '/auditLogs/signIns',
      during(interval, `(${clients.map((client) => `clientAppUsed eq '${client}'`).join(' or ')})`),
    ),
  ],
});

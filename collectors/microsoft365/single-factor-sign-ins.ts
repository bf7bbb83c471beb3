import { dataset, preview } from './scope.ts';
import { during, previewPermissions, signIns } from './sign-ins.ts';

/**
 * Sign-ins that succeeded with one factor. Only the preview of Graph tells one factor from two, and only for sign-ins in
 * which somebody took part: those that went by what was shown before are not among them.
 */
export const singleFactorSignIns = dataset.log({
  ...signIns,
  id: 'microsoft365/single-factor-sign-ins',
  title: 'Sign-ins with one factor',
  docs: 'https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta',
  permissions: previewPermissions,
  requests: (_scope, _parent, interval) => [
    preview(
      '/auditLogs/signIns',
      during(interval, "authenticationRequirement eq 'singleFactorAuthentication' and status/errorCode eq 0"),
    ),
  ],
});

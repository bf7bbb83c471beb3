/**
 * Forms in which the vendors hand out secrets.
 * GitHub: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 * AWS secret access keys are 40 characters of Base64, and unlike a digest have upper and lower case, and no fixed alphabet.
 */
const forms: readonly RegExp[] = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/,
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9/+])[A-Za-z0-9/+]{40}$/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i,
];

/** Whether a text has the form of a secret, so that it must not stand in a configuration. */
export function looksSecret(text: string): boolean {
  return forms.some((form) => form.test(text));
}

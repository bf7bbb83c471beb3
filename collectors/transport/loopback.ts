/** Whether a place is this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Whether a place is on the very cable of this machine, where no router leads: https://www.rfc-editor.org/rfc/rfc3927 */
export function isLinkLocal({ hostname }: URL): boolean {
  return /^169\.254(?:\.\d{1,3}){2}$/.test(hostname);
}

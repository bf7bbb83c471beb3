/** Each answer made once. */
export function kept<T>(make: (arn: string) => T): (arn: string) => T {
  const made = new Map<string, T>();
  return (arn) => {
    const before = made.get(arn);
    if (before !== undefined) return before;
    const now = make(arn);
    made.set(arn, now);
    return now;
  };
}

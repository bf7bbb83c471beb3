const form = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** How many hours an ISO 8601 duration of days, hours, minutes and seconds takes; `null` where it is no such one. */
export function hoursIn(duration: string): number | null {
  const parts = form.exec(duration)?.slice(1);
  if (!parts || parts.every((part) => part === undefined) || duration.endsWith('T')) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return days * 24 + hours + minutes / 60 + seconds / 3600;
}

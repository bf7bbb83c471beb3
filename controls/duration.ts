const form = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** How many hours an ISO 8601 duration of days, hours, minutes and seconds takes; `null` where it is no such one. */
export function hoursIn(duration: string): number | null {
  const found = form.exec(duration);
  if (!found || !/\d[DHMS]$/.test(duration)) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part || 0));
  return days * 24 + hours + minutes / 60 + seconds / 3600;
}

/** Whole days that have passed between two ISO times; a part of a day counts as one, so that no limit is stretched. */
export function daysBetween(from: string, to: string): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The date that is so many working days, Mondays to Fridays, after a date. Holidays are working days here. */
export function workingDaysAfter(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  for (let left = days; left > 0;) {
    at.setUTCDate(at.getUTCDate() + 1);
    if (at.getUTCDay() !== 0 && at.getUTCDay() !== 6) left -= 1;
  }
  return at.toISOString().slice(0, 10);
}

const HALF_YEAR_MS = 182 * 86_400_000;

/** Whether clocks of two zones show the same, now and half a year on: the same zone has several names, as Asia/Kolkata and Asia/Calcutta. */
export function isSameClock(one: string, other: string, at = Date.now()): boolean {
  return [at, at + HALF_YEAR_MS].every((instant) => shown(one, instant) === shown(other, instant));
}

function shown(timeZone: string, instant: number): string {
  const format = { timeZone, dateStyle: "short", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("en-US", format).format(instant);
}

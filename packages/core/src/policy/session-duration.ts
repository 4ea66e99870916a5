const HOUR_SECONDS = 3600;
const PATTERN = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;

/** Seconds of an ISO 8601 duration of hours, minutes and seconds; null if it is not one. */
function toSeconds(duration: string): number | null {
  const parts = PATTERN.exec(duration);
  if (!parts) return null;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (hours ?? 0) * HOUR_SECONDS + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** Whether it is between one and twelve hours (CreatePermissionSet, SessionDuration). */
export function isSessionDuration(duration: string): boolean {
  const seconds = toSeconds(duration);
  return seconds !== null && seconds >= HOUR_SECONDS && seconds <= 12 * HOUR_SECONDS;
}

/** The canonical form of a duration: `PT60M` is `PT1H`. Anything else is kept. */
export function canonicalDuration(duration: string): string {
  const total = toSeconds(duration);
  if (total === null || total === 0) return duration;
  const hours = Math.floor(total / HOUR_SECONDS);
  const minutes = Math.floor((total % HOUR_SECONDS) / 60);
  const seconds = total % 60;
  return `PT${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds ? `${seconds}S` : ""}`;
}

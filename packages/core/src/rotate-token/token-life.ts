import { FlowError } from "../errors.ts";

const DAY = 86_400_000;

/** A token of AWS lives one year (IAM Identity Center user guide, "Automatic provisioning"). */
export const TOKEN_LIFE_MILLISECONDS = 365 * DAY;
/** A leap year, and a day without a time. */
const TOLERANCE_MILLISECONDS = 2 * DAY;

/**
 * ISO time at which a token ends that was just given: as the operator says, else in one year.
 * @param now milliseconds since the epoch
 * @throws {FlowError} AnswerRefused for a time at which it cannot end: warnings and rotation go by it
 */
export function tokenExpiry(said: string | undefined, now: number): string {
  const expiry = said === undefined ? now + TOKEN_LIFE_MILLISECONDS : Date.parse(said);
  if (expiry <= now) throw new FlowError("AnswerRefused", "expiresAt: this date is in the past");
  if (expiry > now + TOKEN_LIFE_MILLISECONDS + TOLERANCE_MILLISECONDS)
    throw new FlowError("AnswerRefused", "expiresAt: AWS's tokens are valid for one year at most");
  return new Date(expiry).toISOString();
}

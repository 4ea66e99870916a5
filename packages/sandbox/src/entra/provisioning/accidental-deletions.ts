import * as z from "zod";
import type { ServicePrincipal } from "../state.ts";
import type { Verdict } from "./quarantine.ts";

/** Settings in the synchronization secret SyncNotificationSettings; its members are documented only in samples. */
const Settings = z.looseObject({
  Enabled: z.boolean().optional(),
  Recipients: z.string().nullish(),
  DeleteThresholdEnabled: z.boolean().optional(),
  DeleteThresholdValue: z.int().min(1).optional(),
});

/** `QuarantineTooManyDeletesThreshold` of Microsoft's sample job, for settings that name no value. */
export const DEFAULT_DELETE_THRESHOLD = 500;

/** @returns whether the text can be saved as SyncNotificationSettings */
export function isNotificationSettings(text: string): boolean {
  return readSettings(text) !== null;
}

/**
 * Accidental-deletion prevention: opt-in, judged in each cycle, disables and deletions together ("Enable accidental
 * deletions prevention"). Anything above the threshold needs an administrator's consent.
 */
export function judgeDeletions(
  { secrets }: Pick<ServicePrincipal, "secrets">,
  deletions: number,
): Verdict | null {
  const settings = readSettings(secrets.get("SyncNotificationSettings") ?? "{}");
  if (settings?.DeleteThresholdEnabled !== true) return null;
  const threshold = settings.DeleteThresholdValue ?? DEFAULT_DELETE_THRESHOLD;
  if (deletions <= threshold) return null;
  const message = `${deletions} deletions are due in one cycle, ${threshold} are allowed.`;
  return { reason: "TooManyDeletes", error: { code: "TooManyDeletes", message } };
}

function readSettings(text: string): z.infer<typeof Settings> | null {
  try {
    return Settings.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

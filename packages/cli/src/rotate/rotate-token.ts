import type { RotationReason } from "@landbridge/core";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";
import { day, runRotation } from "./run-rotation.ts";

export interface RotateTokenOptions {
  readonly force: boolean;
  readonly reason?: RotationReason | undefined;
  readonly json: boolean;
}

/** The flow's output. */
type Outcome =
  | { readonly result: "rotated" | "old-token-deleted"; readonly expiresAt: string }
  | { readonly result: "not-due"; readonly expiresAt: string; readonly daysLeft: number };

export function rotateToken(
  { force, reason, json }: RotateTokenOptions,
  streams: Streams,
): Promise<ExitCode> {
  const input = { force, ...(reason && { reason }) };
  return runRotation<Outcome>({ flow: "rotate-token", input, json, describe }, streams);
}

function describe(outcome: Outcome): string {
  switch (outcome.result) {
    case "rotated":
      return `Entra uses a new token, which expires on ${day(outcome.expiresAt)}. AWS refuses the old one.`;
    case "old-token-deleted":
      return `AWS refuses the old token now. The one that Entra uses expires on ${day(outcome.expiresAt)}.`;
    case "not-due":
      return `Nothing to do: the token that Entra uses has ${outcome.daysLeft} days left, until ${day(outcome.expiresAt)}. It is due 60 days before it expires; --force rotates it now.`;
  }
}

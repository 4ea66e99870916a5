import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";
import { day, runRotation } from "./run-rotation.ts";

export interface RotateCertificateOptions {
  readonly force: boolean;
  readonly json: boolean;
}

/** The flow's output. */
type Outcome =
  | { readonly result: "rotated"; readonly to: string; readonly expiresAt: string }
  | { readonly result: "not-due"; readonly expiresAt: string; readonly daysLeft: number };

export function rotateCertificate(
  { force, json }: RotateCertificateOptions,
  streams: Streams,
): Promise<ExitCode> {
  return runRotation<Outcome>({ flow: "rotate-certificate", input: { force }, json, describe }, streams);
}

function describe(outcome: Outcome): string {
  if (outcome.result === "rotated")
    return `Entra signs with the certificate ${outcome.to}, which ends on ${day(outcome.expiresAt)}. The old one is gone.`;
  return `Nothing to do: the signing certificate has ${outcome.daysLeft} days left, until ${day(outcome.expiresAt)}. It is due 60 days before it expires; --force rotates it now.`;
}

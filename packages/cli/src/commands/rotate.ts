import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";
import { rotateCertificateCommand } from "./rotate-certificate.ts";
import { rotateTokenCommand } from "./rotate-token.ts";

export function rotateCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("rotate")
    .description("Replace the SCIM token or the signing certificate before it expires.")
    .addCommand(rotateTokenCommand(streams, done))
    .addCommand(rotateCertificateCommand(streams, done));
}

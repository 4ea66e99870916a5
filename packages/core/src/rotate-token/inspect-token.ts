import type { Ports } from "../ports/ports.ts";
import { tokenWorks } from "../scim/token-works.ts";
import { findNewToken } from "./find-new-token.ts";
import { takeLease } from "./lease.ts";
import type { RotationCause, RotationReason } from "./rotation-cause.ts";
import { readTokens } from "./tokens.ts";

const DAY = 86_400_000;
/** AWS reminds from 90 days on (user guide, "Automatic provisioning"); 60 leave time for several tasks of two weeks. */
const DAYS_BEFORE_EXPIRY = 60;

export interface RotationRequest {
  /** Rotate although the token is not due. */
  readonly force: boolean;
  /** A leak cannot wait until the token is due. */
  readonly reason: RotationReason | null;
  readonly executionArn: string;
}

/** What has to be done: `next` is the branch that the flow takes. */
export type TokenInspection =
  /** Another execution rotates already. */
  | { readonly next: "leave"; readonly executionArn: string }
  | { readonly next: "nothing"; readonly daysLeft: number; readonly expiresAt: string }
  /** Only the previous token remains to be deleted. */
  | { readonly next: "delete-old" }
  /** `install`: a new token is available; `ask`: somebody has to create one. */
  | { readonly next: "install" | "ask"; readonly why: RotationCause["why"] };

type Needs = Pick<
  Ports,
  "records" | "clock" | "executions" | "secrets" | "scim" | "tokenSupplier" | "provisioning" | "events"
>;

/**
 * Inspects the tokens and decides what to do. Takes the rotation's lock, whose holder may wait for weeks.
 * @throws {FlowError} NotConnected, ConflictingOperation when another execution starts at the same moment
 */
export async function inspectToken(
  { force, reason, executionArn }: RotationRequest,
  ports: Needs,
): Promise<TokenInspection> {
  const { heldBy } = await takeLease({ flow: "rotate-token", executionArn }, ports);
  if (heldBy !== null) return { next: "leave", executionArn: heldBy };
  const tokens = await readTokens(ports);
  const { current, former } = tokens;
  const isAccepted = await tokenWorks(current, ports);
  const found = await findNewToken(tokens, isAccepted, ports);
  const daysLeft = Math.floor((Date.parse(current.expiresAt) - ports.clock.now()) / DAY);
  const isDue = daysLeft < DAYS_BEFORE_EXPIRY;
  const isForced = force || reason === "leak";
  const why = isForced ? "forced" : !isAccepted ? "refused" : found ? "unfinished" : isDue ? "due" : null;
  if (why !== null) return { next: found ? "install" : "ask", why };
  if (former !== null) return { next: "delete-old" };
  return { next: "nothing", daysLeft, expiresAt: current.expiresAt };
}

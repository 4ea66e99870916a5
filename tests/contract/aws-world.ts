import type { makeAws } from "@landbridge/aws";
import type { Clock, Instance } from "@landbridge/core";

/** A company in some AWS, with what the ports cannot create themselves. Every test gets its own. */
export interface AwsWorld {
  readonly ports: ReturnType<typeof makeAws>;
  readonly clock: Clock;
  readonly instance: Instance;
  /** Ids of active accounts in the unit `Workloads/Production`; the organization has 26 accounts in all. */
  readonly accountIds: readonly string[];
  /** In the same unit, closed by its owner. */
  readonly suspendedAccountId: string;
  readonly managementAccountId: string;
  /** Identity store ids. The store has 105 groups, `Group 0` to `Group 104`, and this one user, ada@example.com. */
  readonly groupIds: readonly string[];
  readonly userId: string;
  /** Name of a secret without a value. */
  readonly secretName: string;
  /** The value of the version that has the label. */
  readonly secretAt: (stage: "AWSCURRENT" | "AWSPREVIOUS") => Promise<string | undefined>;
  /** Starts an execution that waits for an answer. */
  readonly startWaiting: () => Promise<WaitingExecution>;
}

export interface WaitingExecution {
  readonly taskToken: string;
  /** Waits for its end. The output is JSON. */
  readonly ended: () => Promise<{
    readonly status?: string | undefined;
    readonly output?: string | undefined;
    readonly error?: string | undefined;
    readonly cause?: string | undefined;
  }>;
}

export type MakeWorld = () => Promise<AwsWorld>;

export const ACTIVE_ACCOUNTS = 24;
export const GROUPS = 105;
export const USER = "ada@example.com";
export const NAMES = { table: "landbridge", bucket: "landbridge", secret: "landbridge/scim-token" } as const;
/** Tags of the first account in Production. */
export const TAGS = { stage: "prod" };

import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import { type Connection, readConnection, type ScimCredentials } from "../connect/connection.ts";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** The part of the connection record that rotation is about. */
export interface Tokens {
  readonly identityStoreId: string;
  readonly application: EnterpriseApplication;
  readonly jobId: string;
  /** In use, as far as is recorded. */
  readonly current: ScimCredentials;
  /** Given and not in use yet. */
  readonly next: ScimCredentials | null;
  /** Used before, and not known to be deleted. */
  readonly former: ScimCredentials | null;
}

/** Reads the tokens again: every step starts with this. @throws {FlowError} NotConnected */
export async function readTokens({ records }: Pick<Ports, "records">): Promise<Tokens> {
  const { identityStoreId, application, jobId, ...rest } = await readConnection(records);
  const { scim: current, nextScim: next = null, formerScim: former = null }: Connection = rest;
  if (!identityStoreId || !application || !jobId || !current)
    throw new FlowError("NotConnected", "The connection record has no token or no provisioning job");
  return { identityStoreId, application, jobId, current, next, former };
}

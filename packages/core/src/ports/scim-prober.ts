import type { ScimConnection } from "./provisioning-jobs.ts";

export interface ScimProber {
  /**
   * Proves that the endpoint accepts the token, by two reads; follows no redirect.
   * @throws {FlowError} ScimTokenRefused, ServiceUnavailable
   */
  probe(connection: ScimConnection): Promise<void>;
}

import type { ScimConnection } from "./provisioning-jobs.ts";

export interface ScimProber {
  /**
   * Proves that the endpoint accepts the token, by two reads; follows no redirect.
   * @throws {FlowError} ScimTokenRefused, ScimEndpointRefused when the answer is not SCIM, Throttled, ServiceUnavailable
   */
  probe(connection: ScimConnection): Promise<void>;
}

import type { ScimConnection } from "./provisioning-jobs.ts";

export interface ScimProber {
  /**
   * Proves that the endpoint accepts the token, by two reads; follows no redirect.
   * @throws {FlowError} ScimTokenRefused, ScimEndpointRefused when the answer is not SCIM, that and
   *   ScimEndpointOfAnotherRegion, before anything is sent, for a host that is not AWS's in this region; Throttled, ServiceUnavailable
   */
  probe(connection: ScimConnection): Promise<void>;
}

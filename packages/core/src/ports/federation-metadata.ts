export interface FederationMetadata {
  /**
   * The SAML metadata document that Entra publishes for an application, unparsed, at most 1 MB, only from
   * login.microsoftonline.com.
   * @throws {FlowError} ServiceUnavailable, NotPropagatedYet
   */
  fetch(tenantId: string, appId: string): Promise<string>;
}

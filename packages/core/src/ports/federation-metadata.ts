export interface FederationMetadata {
  /**
   * The SAML metadata document that Entra publishes for an application, unparsed, at most 1 MB,
   * from login.microsoftonline.com only.
   * @throws {FlowError} ServiceUnavailable, NotPropagatedYet
   */
  fetch(tenantId: string, appId: string): Promise<string>;
}

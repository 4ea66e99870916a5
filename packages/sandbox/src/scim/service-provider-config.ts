const GUIDE = "https://docs.aws.amazon.com/singlesignon/latest/userguide";

/** Static; reports 50 results although a page has 100, as AWS does (SCIM developer guide, ServiceProviderConfig). */
export const SERVICE_PROVIDER_CONFIG = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
  documentationUri: `${GUIDE}/manage-your-identity-source-idp.html`,
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "OAuth Bearer Token",
      description: "A bearer token in the Authorization header.",
      specUri: "https://www.rfc-editor.org/info/rfc6750",
      documentationUri: `${GUIDE}/provision-automatically.html`,
      primary: true,
    },
  ],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 1, maxPayloadSize: 1_048_576 },
  filter: { supported: true, maxResults: 50 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
};

/** Documents for the tests; every identifier is made up, and the certificate's key was thrown away. */
export const SAMPLE_INSTANCE = { region: "eu-central-1", identityStoreId: "d-99671f0a1b" };
export const SAMPLE_TENANT = { tenantId: "0d5f2a8e-41c7-4b9e-8f63-27a1c0de9b54" };
export const SAMPLE_ENTITY_ID = "https://eu-central-1.signin.aws.amazon.com/platform/saml/d-99671f0a1b";
export const SAMPLE_ACS_PATH = "/platform/saml/acs/7c1e0b52-9d3f-4a68-b0e4-53f2a97d1c86";

const POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

export const SAMPLE_SERVICE_PROVIDER = `<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${SAMPLE_ENTITY_ID}">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <AssertionConsumerService Binding="${POST}" index="0" isDefault="true"
      Location="https://eu-central-1.signin.aws${SAMPLE_ACS_PATH}"/>
    <AssertionConsumerService Binding="${POST}" index="1"
      Location="https://eu-central-1.sso.signin.aws${SAMPLE_ACS_PATH}"/>
  </SPSSODescriptor>
</EntityDescriptor>`;

export const SAMPLE_CERTIFICATE = {
  base64: [
    "MIIBtTCCAVugAwIBAgIUTdtr6Rz4ozFOkhZ7WW2ieDRxWqQwCgYIKoZIzj0EAwIwMDEQMA4GA1UECgwHRXhhbXBsZTEcMBoGA1",
    "UEAwwTU2lnbi1vbiBjZXJ0aWZpY2F0ZTAeFw0yNjExMjQwOTA5MzNaFw0yOTExMjMwOTA5MzNaMDAxEDAOBgNVBAoMB0V4YW1w",
    "bGUxHDAaBgNVBAMME1NpZ24tb24gY2VydGlmaWNhdGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARuIoF5WX06qnTxh1ckgf",
    "WDkKkbPjugg0NdeRj1ykO+CtlU/m2wMG5QkKYYBMknmgStwO7wFGtUe2CtoF3tFyhgo1MwUTAdBgNVHQ4EFgQUTiPBHdsSZm8z",
    "e8WK5x+++N4LK8cwHwYDVR0jBBgwFoAUTiPBHdsSZm8ze8WK5x+++N4LK8cwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAg",
    "NIADBFAiEAqwsG7n9QaoVHOHz1oXIkcrRUPeGyb5LpbVk7MRmgicoCIE3/bV6EgdZNUfcQ6gWHK1wmLukvwJ+FlWQkulRnOosO",
  ].join(""),
  thumbprint: "582DAB1B3C1C6BC853D39C7D59C7ECC73EC58C56",
  subject: "O=Example, CN=Sign-on certificate",
  notBefore: "2026-11-24T09:09:33.000Z",
  notAfter: "2029-11-23T09:09:33.000Z",
};

const SIGN_ON_URL = `https://login.microsoftonline.com/${SAMPLE_TENANT.tenantId}/saml2`;

export const SAMPLE_FEDERATION = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"
    entityID="https://sts.windows.net/${SAMPLE_TENANT.tenantId}/">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing">
      <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
        <X509Data><X509Certificate>${SAMPLE_CERTIFICATE.base64}</X509Certificate></X509Data>
      </KeyInfo>
    </KeyDescriptor>
    <SingleSignOnService Binding="${POST}" Location="${SIGN_ON_URL}"/>
  </IDPSSODescriptor>
</EntityDescriptor>`;

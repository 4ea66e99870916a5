import { ConsoleRefusal } from "./console-refusal.ts";
import { MAX_CERTIFICATE_CHARACTERS } from "./saml-certificates.ts";

/** What an identity provider needs to know about an instance. */
export interface ServiceProvider {
  /** Entity id. */
  readonly issuer: string;
  /** Assertion consumer service over IPv4, the default. */
  readonly acsUrl: string;
  readonly dualStackAcsUrl: string;
}

/** URLs of an instance (Identity Center user guide, "Using IAM Identity Center across multiple Regions"). */
export function makeServiceProvider(instance: {
  readonly region: string;
  readonly identityStoreId: string;
  /** Opaque; no API returns it. */
  readonly samlTenantId: string;
}): ServiceProvider {
  const { region, identityStoreId, samlTenantId } = instance;
  return {
    issuer: `https://${region}.signin.aws.amazon.com/platform/saml/${identityStoreId}`,
    acsUrl: `https://${region}.signin.aws/platform/saml/acs/${samlTenantId}`,
    dualStackAcsUrl: `https://${region}.sso.signin.aws/platform/saml/acs/${samlTenantId}`,
  };
}

/** The metadata file that the console offers for download. */
export function serviceProviderMetadata({ issuer, acsUrl, dualStackAcsUrl }: ServiceProvider): string {
  const services = [acsUrl, dualStackAcsUrl].map((url, index) => {
    const isDefault = index === 0 ? ' isDefault="true"' : "";
    return `    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${url}" index="${index}"${isDefault}/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${issuer}">`,
    '  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    "    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>",
    ...services,
    "  </md:SPSSODescriptor>",
    "</md:EntityDescriptor>",
    "",
  ].join("\n");
}

export interface IdentityProvider {
  readonly entityId: string;
  /** Base64 DER, without white space: what the console keeps to check assertions. */
  readonly certificates: readonly string[];
}

const MAX_METADATA_CHARACTERS = 1_000_000;

/**
 * Reads from an identity provider's metadata what the console stores. This is not an XML parser: it refuses a document type,
 * and finds the few required elements by name.
 * @throws {ConsoleRefusal} when it is no metadata of a SAML identity provider
 */
export function readIdentityProvider(metadata: string): IdentityProvider {
  if (metadata.trim() === "") throw refused("There is no metadata file.");
  if (metadata.length > MAX_METADATA_CHARACTERS) throw refused("The metadata is larger than 1 MB.");
  if (/<!DOCTYPE|<!ENTITY/i.test(metadata)) throw refused("The metadata has a document type.");
  const entityId = /<(?:\w+:)?EntityDescriptor\b[^>]*?\sentityID="([^"]+)"/.exec(metadata)?.[1];
  const descriptor = /<((?:\w+:)?IDPSSODescriptor)\b[^>]*>([\s\S]*?)<\/\1>/.exec(metadata)?.[2];
  if (entityId === undefined || descriptor === undefined) {
    throw refused("The file describes no SAML identity provider (EntityDescriptor with IDPSSODescriptor).");
  }
  const found = descriptor.matchAll(/<(?:\w+:)?X509Certificate>([^<]+)</g);
  const certificates = [...new Set([...found].map((match) => (match[1] ?? "").replaceAll(/\s/g, "")))];
  if (certificates.length === 0) throw refused("The metadata holds no X509Certificate.");
  if (certificates.some(({ length }) => length > MAX_CERTIFICATE_CHARACTERS)) {
    throw refused(`A certificate is longer than ${MAX_CERTIFICATE_CHARACTERS} characters.`);
  }
  return { entityId, certificates };
}

function refused(message: string): ConsoleRefusal {
  return new ConsoleRefusal(400, message, {
    field: "metadata",
    remedy: "Choose the Federation Metadata XML of the enterprise application in Entra, unchanged.",
  });
}

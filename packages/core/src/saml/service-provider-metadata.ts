import { FlowError } from "../errors.ts";
import { childrenNamed, excerpt, readXml, refusal, type XmlElement } from "./read-xml.ts";
import { HTTP_POST, SAML_METADATA } from "./saml-names.ts";

/** The host name at which IAM Identity Center receives the sign-in answer. */
export type AcsKind = "ipv4" | "dual-stack" | "ipv4-legacy";

/** The contents of IAM Identity Center's metadata file, after it was checked against the expected instance. */
export interface ServiceProviderMetadata {
  readonly entityId: string;
  /** Assertion consumer services, in the order of the file. */
  readonly acs: readonly { readonly kind: AcsKind; readonly url: string }[];
  readonly region: string;
  readonly identityStoreId: string;
}

/** The instance that the metadata must be of. */
export interface ExpectedInstance {
  readonly region: string;
  /** `d-…` */
  readonly identityStoreId: string;
}

// Host patterns: IAM Identity Center user guide, "Workforce access through an additional Region". They are anchored, and a
// region has no dot: no longer host, port, user, query or escape can match.
const ENTITY_ID = /^https:\/\/([a-z0-9-]+)\.signin\.aws\.amazon\.com\/platform\/saml\/([A-Za-z0-9-]+)$/;
const ACS =
  /^https:\/\/([a-z0-9-]+)\.(signin\.aws|sso\.signin\.aws|signin\.aws\.amazon\.com)\/platform\/saml\/acs\/[A-Za-z0-9-]+$/;

const KIND_BY_HOST: Readonly<Record<string, AcsKind>> = {
  "signin.aws": "ipv4",
  "sso.signin.aws": "dual-stack",
  "signin.aws.amazon.com": "ipv4-legacy",
};

/**
 * Reads the SAML metadata file that IAM Identity Center offers when the identity source is changed, and proves that
 * it is of the expected instance: host names are compared whole.
 * @throws {FlowError} MetadataOfAnotherRegion, MetadataOfAnotherInstance; MetadataInvalid, saying what is wrong
 */
export function parseServiceProviderMetadata(
  xml: string,
  expected: ExpectedInstance,
): ServiceProviderMetadata {
  const root = readXml(xml);
  if (root.name !== "EntityDescriptor" || root.uri !== SAML_METADATA) {
    throw refusal(`the root is ${excerpt(root.name)}, expected a SAML EntityDescriptor`);
  }
  const entityId = checkEntityId(root.attributes.get("entityID"), expected);
  const [descriptor, ...more] = childrenNamed(root, SAML_METADATA, "SPSSODescriptor");
  if (descriptor === undefined) {
    throw refusal("no SPSSODescriptor: this is not the service provider metadata of IAM Identity Center");
  }
  if (more.length > 0) throw refusal("more than one SPSSODescriptor, expected one");

  const services = childrenNamed(descriptor, SAML_METADATA, "AssertionConsumerService");
  const acs = services
    .filter((service) => service.attributes.get("Binding") === HTTP_POST)
    .map((service) => readAcs(service, expected.region));
  if (acs.length === 0) throw refusal("no AssertionConsumerService with the HTTP-POST binding");
  return { entityId, acs, region: expected.region, identityStoreId: expected.identityStoreId };
}

/** Whether it is an assertion consumer service of IAM Identity Center, in any region. */
export function isAcsUrl(url: string): boolean {
  return ACS.test(url);
}

function checkEntityId(entityId: string | undefined, { region, identityStoreId }: ExpectedInstance): string {
  const [, actualRegion, actualStore] = ENTITY_ID.exec(entityId ?? "") ?? [];
  const wanted = `https://${region}.signin.aws.amazon.com/platform/saml/${identityStoreId}`;
  if (entityId === undefined || actualRegion === undefined) {
    throw refusal(`entityID is ${excerpt(entityId)}, expected ${wanted}`);
  }
  if (actualRegion !== region) {
    throw otherRegion(`it is of region ${excerpt(actualRegion)}`, region);
  }
  if (actualStore !== identityStoreId) {
    throw new FlowError(
      "MetadataOfAnotherInstance",
      `SAML metadata refused: it is of identity store ${excerpt(actualStore)}, the instance has ${identityStoreId}`,
    );
  }
  return entityId;
}

function readAcs(service: XmlElement, region: string): { kind: AcsKind; url: string } {
  const url = service.attributes.get("Location");
  const [, actualRegion, host] = ACS.exec(url ?? "") ?? [];
  const kind = KIND_BY_HOST[host ?? ""];
  if (url === undefined || kind === undefined) {
    const wanted = `https://${region}.signin.aws/platform/saml/acs/<id>`;
    throw refusal(`AssertionConsumerService Location is ${excerpt(url)}, expected one such as ${wanted}`);
  }
  if (actualRegion !== region) {
    throw otherRegion(`an AssertionConsumerService is of region ${excerpt(actualRegion)}`, region);
  }
  return { kind, url };
}

function otherRegion(found: string, region: string): FlowError<"MetadataOfAnotherRegion"> {
  return new FlowError(
    "MetadataOfAnotherRegion",
    `SAML metadata refused: ${found}, the instance is in ${region}`,
  );
}

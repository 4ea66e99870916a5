/** An application of the tenant together with its service principal. */
export interface EnterpriseApplication {
  /** Object id of the application. */
  readonly applicationObjectId: string;
  /** Client id: what the federation metadata document is asked for. */
  readonly appId: string;
  readonly servicePrincipalId: string;
  readonly displayName: string;
  readonly templateId: string | null;
}

export interface SigningCertificate {
  /** Upper-case hex SHA-1. */
  readonly thumbprint: string;
  /** ISO times. */
  readonly startsAt: string;
  readonly expiresAt: string;
}

export interface ServicePrincipalState {
  readonly singleSignOnMode: string | null;
  readonly identifierUris: readonly string[];
  readonly replyUrls: readonly string[];
  readonly notificationEmailAddresses: readonly string[];
  readonly activeThumbprint: string | null;
  readonly certificates: readonly SigningCertificate[];
  /** The enabled role that users and groups get; the zero GUID if the application declares none. */
  readonly userRoleId: string;
}

export interface ApplicationAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly principalName: string;
}

/** Enterprise applications in Entra (Microsoft Graph). Every method @throws {FlowError} Throttled, ConsentMissing, NotPropagatedYet. */
export interface EnterpriseApplications {
  /** Applications of exactly that display name. */
  find(displayName: string): Promise<EnterpriseApplication[]>;
  /** The application that has this SAML identifier, which is unique in a tenant. */
  findByIdentifier(identifierUri: string): Promise<EnterpriseApplication | null>;
  /** Instantiates a gallery or custom template; reads may not show it yet ({@link isVisible}). */
  create(templateId: string, displayName: string): Promise<EnterpriseApplication>;
  /** Whether application and service principal can be read. */
  isVisible(application: EnterpriseApplication): Promise<boolean>;
  read(application: EnterpriseApplication): Promise<ServicePrincipalState>;
  /** Must come before {@link setSamlUrls}: without SAML mode Entra refuses AWS's identifier (HostNameNotOnVerifiedDomain). */
  setSamlMode(application: EnterpriseApplication): Promise<void>;
  setSamlUrls(
    application: EnterpriseApplication,
    urls: { identifier: string; replyUrls: readonly string[] },
  ): Promise<void>;
  setNotificationEmails(application: EnterpriseApplication, addresses: readonly string[]): Promise<void>;
  /** Entra creates the key pair; no private key leaves it. */
  addSigningCertificate(
    application: EnterpriseApplication,
    options: { commonName: string; expiresAt: string },
  ): Promise<SigningCertificate>;
  activateSigningCertificate(application: EnterpriseApplication, thumbprint: string): Promise<void>;
  /** Base64 of the DER form, public key only; null when the application has no such certificate. */
  readSigningCertificate(application: EnterpriseApplication, thumbprint: string): Promise<string | null>;
  /** Does nothing if it is already gone. */
  removeSigningCertificate(application: EnterpriseApplication, thumbprint: string): Promise<void>;
  listAssignments(application: EnterpriseApplication): Promise<ApplicationAssignment[]>;
  /** @throws {FlowError} LicenceMissing for a group without Entra ID P1 or P2 */
  assign(application: EnterpriseApplication, principalId: string, roleId: string): Promise<void>;
}

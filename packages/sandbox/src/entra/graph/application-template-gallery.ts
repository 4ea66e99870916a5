export interface ApplicationTemplate {
  readonly id: string;
  readonly displayName: string;
  readonly homePageUrl: string | null;
  readonly publisher: string | null;
  readonly description: string | null;
  readonly categories: readonly string[];
  readonly supportedSingleSignOnModes: readonly string[];
  readonly supportedProvisioningTypes: readonly string[];
}

/**
 * The templates that matter here, with their real ids, and one that is easily mistaken for the right one ("Configure
 * SAML-based single sign-on for your application using Microsoft Graph").
 */
export const APPLICATION_TEMPLATES: readonly ApplicationTemplate[] = [
  {
    id: "21ed01d2-ec13-4e9e-86c1-cd546719ebc4",
    displayName: "AWS IAM Identity Center (successor to AWS Single Sign-On)",
    homePageUrl: "https://aws.amazon.com/",
    publisher: "Amazon Web Services, Inc.",
    description: "Central access to several AWS accounts and applications.",
    categories: ["developerServices", "itInfrastructure", "security"],
    supportedSingleSignOnModes: ["saml", "external"],
    supportedProvisioningTypes: ["sync"],
  },
  {
    id: "8b1025e4-1dd2-430b-a150-2ef79cd700f5",
    displayName: "AWS Single-Account Access",
    homePageUrl: "https://aws.amazon.com/",
    publisher: "Amazon Web Services, Inc.",
    description: "Federation to the IAM roles of a single AWS account.",
    categories: ["developerServices", "itInfrastructure"],
    supportedSingleSignOnModes: ["saml", "external"],
    supportedProvisioningTypes: ["sync"],
  },
  {
    id: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
    displayName: "Custom",
    homePageUrl: null,
    publisher: null,
    description: "An application that is not in the gallery.",
    categories: [],
    supportedSingleSignOnModes: ["oidc", "password", "saml"],
    supportedProvisioningTypes: ["sync"],
  },
];

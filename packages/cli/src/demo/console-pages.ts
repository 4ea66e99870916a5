import type { TaskSubject } from "@landbridge/core";

/** The sandbox's pages for the steps of a task: a description and the address of each. */
export function consolePages(
  sandboxUrl: string,
  subject: TaskSubject,
): readonly (readonly [string, string])[] {
  const console = `${sandboxUrl}/console`;
  const settings = ["Settings of IAM Identity Center", `${console}/settings`] as const;
  switch (subject.kind) {
    case "service-provider-metadata":
    case "scim-credentials":
      return [settings];
    case "identity-source-change":
      return [["Entra's metadata, to download", `${console}/entra`], settings];
    case "test-sign-in": {
      const [userName] = subject.examples;
      const query = userName === undefined ? "" : `?userName=${encodeURIComponent(userName)}`;
      return [["AWS access portal", `${console}/portal${query}`]];
    }
    case "new-scim-token":
    case "old-token-deletion":
      return [["Automatic provisioning", `${console}/settings/provisioning`]];
    case "certificate-upload":
      return [
        ["Entra's certificates, to download", `${console}/entra`],
        ["Manage authentication", `${console}/settings/authentication`],
      ];
    case "old-certificate-removal":
      return [["Manage authentication", `${console}/settings/authentication`]];
    case "plan-approval":
      return [];
  }
}

interface Step {
  readonly title: string;
  readonly where: string;
  readonly curl: string;
}

/** A plain page that says, for each step that AWS has no API for, how to do it here. */
export function indexPage(consoleUrl: string, portalUrl: string): string {
  const json = `-H 'content-type: application/json'`;
  const steps: Step[] = [
    {
      title: "Download the service provider metadata",
      where: "Settings, Identity source, Actions, Change identity source, Download metadata file",
      curl: `curl ${consoleUrl}/saml/sp-metadata.xml`,
    },
    {
      title: "Change the identity source",
      where: "The same dialog: upload the identity provider's metadata, then type ACCEPT",
      curl: `curl -X POST -H 'content-type: application/xml' --data-binary @federationmetadata.xml '${consoleUrl}/identity-source?confirmation=ACCEPT'`,
    },
    {
      title: "Enable automatic provisioning",
      where: "Settings, Automatic provisioning, Enable",
      curl: `curl -X POST ${consoleUrl}/provisioning`,
    },
    {
      title: "Generate an access token (two at most, one year each, shown once)",
      where: "Settings, Identity source, Actions, Manage provisioning, Generate token",
      curl: `curl -X POST ${consoleUrl}/provisioning/tokens`,
    },
    {
      title: "List and delete access tokens",
      where: "The same page",
      curl: `curl ${consoleUrl}/provisioning/tokens; curl -X DELETE ${consoleUrl}/provisioning/tokens/ID`,
    },
    {
      title: "Sign in and see the accounts of a user",
      where: portalUrl,
      curl: `curl -X POST ${json} -d '{"userName":"NAME@DOMAIN"}' ${consoleUrl}/sign-in`,
    },
  ];
  const items = steps.map(
    ({ title, where, curl }) =>
      `<h2>${escapeHtml(title)}</h2>\n<p>In AWS: ${escapeHtml(where)}.</p>\n<pre>${escapeHtml(curl)}</pre>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox operator console</title>
<h1>Sandbox operator console</h1>
<p>IAM Identity Center has these steps in its console only. In the sandbox you do them with one request each.</p>
${items.join("\n")}
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

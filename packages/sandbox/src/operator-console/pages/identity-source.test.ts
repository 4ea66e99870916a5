import { describe, expect, it } from "vitest";
import { IDP_METADATA, makeConsoleVisitor } from "../../../test-support/console-visitor.ts";

const PATH = "/settings/change-identity-source";
const file = (text: string) => new File([text], "metadata.xml", { type: "text/xml" });

describe("Settings, Actions, Change identity source", () => {
  it("is a step of the settings page, which names the current source", async () => {
    const { get, connect } = makeConsoleVisitor();
    const before = await get("/settings");
    expect(before.text).toContain("Identity Center directory");
    expect(before.text).toMatch(/Actions Change identity source/);
    connect();
    expect((await get("/settings")).text).toMatch(
      /External identity provider .* https:\/\/sts\.windows\.net\/t\//,
    );
  });

  it("continues with an external identity provider, and says that the others are not imitated", async () => {
    const { post } = makeConsoleVisitor();
    expect(await post(PATH, { source: "external" })).toMatchObject({
      status: 303,
      location: `${PATH}/external`,
    });
    const refused = await post(PATH, { source: "directory" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("operator-console/deviations.md");
  });

  it("offers the metadata file for download and its three addresses to copy", async () => {
    const { get, test } = makeConsoleVisitor();
    const { text } = await get(`${PATH}/external`);
    const { serviceProvider, portalUrl } = test.sandbox.console;
    for (const url of [serviceProvider.issuer, serviceProvider.acsUrl, portalUrl])
      expect(text).toContain(url);
    const download = await get("/settings/sp-metadata.xml");
    expect(download.headers.get("content-disposition")).toBe('attachment; filename="sp-metadata.xml"');
    expect(download.html).toBe(test.sandbox.console.serviceProviderMetadata());
  });

  it("reviews the uploaded file, then wants ACCEPT, then changes the source and says so", async () => {
    const { get, post, test } = makeConsoleVisitor();
    const review = await post(`${PATH}/external`, { metadata: file(IDP_METADATA) });
    expect(review.text).toMatch(
      /New identity source External identity provider https:\/\/sts\.windows\.net\/t\/ .*2 certificates/,
    );
    expect(test.sandbox.console.identityProvider()).toBeNull();

    const refused = await post(`${PATH}/confirm`, { metadata: IDP_METADATA, confirmation: "yes" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Type ACCEPT, in capitals.");
    expect(refused.html).toMatch(/<input type="text" id="confirmation"[^>]*aria-invalid="true"/);
    expect(refused.html).toContain("<title>Refused: Change identity source");
    expect(test.sandbox.console.identityProvider()).toBeNull();

    const done = await post(`${PATH}/confirm`, { metadata: IDP_METADATA, confirmation: "ACCEPT" });
    expect(done).toMatchObject({ status: 303, location: "/settings?done=identity-source" });
    expect((await get(done.location ?? "")).text).toContain("You changed the identity source.");
    expect(test.sandbox.console.identityProvider()?.entityId).toBe("https://sts.windows.net/t/");
  });

  it.each([
    ["no file", {}, "There is no metadata file."],
    [
      "AWS's own file",
      { metadata: file(IDP_METADATA.replaceAll("IDPSSO", "SPSSO")) },
      "no SAML identity provider",
    ],
  ])("refuses %s on the page of the upload", async (_what, fields, message) => {
    const { status, text } = await makeConsoleVisitor().post(`${PATH}/external`, fields);
    expect(status).toBe(400);
    expect(text).toContain(message);
    expect(text).toContain("Configure external identity provider");
  });

  it("shows what a file says as text", async () => {
    const evil = IDP_METADATA.replace(
      "https://sts.windows.net/t/",
      "&quot;<b>x</b><script>alert(1)</script>",
    );
    const { html } = await makeConsoleVisitor().post(`${PATH}/external`, { metadata: file(evil) });
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toMatch(/<script|<b>/);
  });
});

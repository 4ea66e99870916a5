import { describe, expect, it } from "vitest";
import { makeSelfSignedCertificate } from "../entra/certificate.ts";
import { makeConsoleVisitor } from "../../test-support/console-visitor.ts";

const DAY = 86_400_000;
const PAGE = "/settings/authentication";

async function aCertificate() {
  const certificate = await makeSelfSignedCertificate({
    commonName: "sign-in",
    startsAt: Date.parse("2026-03-01T00:00:00Z"),
    endsAt: Date.parse("2026-03-01T00:00:00Z") + 365 * DAY,
    serialHex: "ab".repeat(15),
  });
  const base64 = certificate.der.toString("base64");
  const pem = `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  return { ...certificate, file: new File([pem], "sign-in.pem") };
}

describe("Settings, Manage authentication", () => {
  it("is offered once the identity source is external", async () => {
    const { get, connect } = makeConsoleVisitor();
    expect((await get("/settings")).text).not.toContain("Manage authentication");
    expect((await get(PAGE)).status).toBe(409);
    connect();
    expect((await get("/settings")).text).toContain("Manage authentication");
    expect((await get(PAGE)).text).toContain("SAML 2.0 certificates");
  });

  it("imports a certificate next to those that are there, once, and deletes one", async () => {
    const { get, post, connect, test } = makeConsoleVisitor();
    connect();
    const { thumbprint, file } = await aCertificate();
    for (const _ of ["first", "again"]) {
      const { location } = await post(PAGE, { certificate: file });
      expect((await get(location ?? "")).text).toContain("You imported a certificate");
    }
    const listed = () => test.sandbox.console.listCertificates().map((one) => one.thumbprint);
    expect(listed()).toEqual(["", "", thumbprint]);

    const { location } = await post(`${PAGE}/${thumbprint}/delete`);
    expect((await get(location ?? "")).text).toContain("You deleted a certificate");
    expect(listed()).toEqual(["", ""]);
    expect((await post(`${PAGE}/${thumbprint}/delete`)).status).toBe(404);
  });

  it.each([
    ["nothing", "", "no X.509 certificate"],
    ["something else", "hello", "no X.509 certificate"],
    ["more than AWS takes", "A".repeat(2_501), "longer than 2500"],
  ])("refuses %s", async (_what, text, message) => {
    const { post, connect } = makeConsoleVisitor();
    connect();
    const answer = await post(PAGE, { certificate: new File([text], "x.pem") });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(message);
  });
});

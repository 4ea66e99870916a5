import { createEnterpriseApplication, readConnection } from "@landbridge/core";
import { answerAsOperator, awsConsole } from "@landbridge/host/scripted-operator";
import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aCrashingHost } from "../support/crash.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import {
  CUSTOM_TEMPLATE_ID,
  makeApplication,
  setUpProvisioning,
  setUpSignOn,
} from "../support/half-connected.ts";
import { operatorWho, tasksOpened, tryAnswer } from "../support/rotation.ts";
import { smallDirectory } from "../support/small-company.ts";

/** Requests to Graph that change something. */
function writesToGraph({ sandbox }: FlowHost, from = 0): string[] {
  return Object.keys(sandbox.calls.count(from)["graph"] ?? {}).filter((call) => !call.startsWith("GET"));
}

const noTemplate: Layer = (service, inner) => ({
  async fetch(request) {
    const response = await inner.fetch(request);
    const isList = service === "graph" && request.url.endsWith("/synchronization/templates");
    return isList ? Response.json({ ...((await response.json()) as object), value: [] }) : response;
  },
});

describe("connect, before its first write", () => {
  it("names every permission that is missing, and the licence, at once", async () => {
    const directory = {
      ...smallDirectory(),
      tenant: { ...smallDirectory().tenant, licence: "Free" as const },
    };
    const host = await aFlowHost({ directory });
    host.sandbox.entra.grant(["Organization.Read.All", "User.Read.All", "AuditLog.Read.All"]);

    const [report] = await host.run("connect", {}, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "PrerequisitesMissing" });
    for (const what of [
      "Application.ReadWrite.OwnedBy",
      "AppRoleAssignment.ReadWrite.All",
      "GroupMember.Read.All",
      "Directory.Read.All",
      "Entra ID P1",
    ])
      expect(report?.cause).toContain(what);
    expect(writesToGraph(host)).toEqual([]);
    expect(tasksOpened(host)).toEqual([]);
  });

  it.each([
    ["ConsentMissing", [], {}],
    ["LicenceMissing", null, { licence: "Free" as const }],
  ])("says %s when it is that alone", async (error, granted, tenant) => {
    const directory = { ...smallDirectory(), tenant: { ...smallDirectory().tenant, ...tenant } };
    const host = await aFlowHost({ directory });
    if (granted) host.sandbox.entra.grant(granted);
    const [report] = await host.run("connect", {}, silent);
    expect(report).toMatchObject({ status: "FAILED", error });
    expect(writesToGraph(host)).toEqual([]);
  });

  it("names who will not arrive as they are", async () => {
    const host = await aFlowHost({ operator: async () => undefined });
    await host.run("connect", {}, silent);
    const [warning] = host.seen.filter(({ code }) => code === "warning.raised");
    expect(JSON.stringify(warning)).toContain("robot@small.example cannot be provisioned");
    expect(writesToGraph(host)).toEqual([]);
  });

  it("reports an access policy that is wrong", async () => {
    const host = await aFlowHost({ policy: "version: 1\npermissionSets: {}\nrules: [{ name: x }]\n" });
    const [report] = await host.run("connect", {}, silent);
    expect(report).toMatchObject({ status: "FAILED", error: "PolicyInvalid" });
    expect(writesToGraph(host)).toEqual([]);
  });
});

describe("connect, and an application that is not the one", () => {
  it("leaves that of another instance alone", async () => {
    const host = await aFlowHost();
    const other = await makeApplication(host);
    await setUpSignOn(host, other);
    const identifier = "https://eu-central-1.signin.aws.amazon.com/platform/saml/d-0000000000";
    const replyUrls = ["https://eu-central-1.signin.aws/platform/saml/acs/other"];
    await host.deps.applications.setSamlUrls(other, { identifier, replyUrls });

    const [report] = await host.run("connect", {}, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "ApplicationOfAnotherInstance" });
    expect(await host.deps.applications.read(other)).toMatchObject({
      identifierUris: [identifier],
      replyUrls,
    });
  });

  it("does not choose between two of the name", async () => {
    const host = await aFlowHost();
    await makeApplication(host);
    await makeApplication(host);
    const [report] = await host.run("connect", {}, silent);
    expect(report).toMatchObject({ status: "FAILED", error: "ApplicationAmbiguous" });
  });
});

describe("connect, and provisioning that does not fit", () => {
  it("names the unfit mappings of a job that runs, and leaves them", async () => {
    const host = await aFlowHost();
    const application = await makeApplication(host, { templateId: CUSTOM_TEMPLATE_ID });
    await setUpSignOn(host, application);
    const { start } = await setUpProvisioning(host, application);
    await start();

    const [report] = await host.run("connect", {}, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "AttributeMappingUnfit" });
    expect(report?.cause).toContain("externalId is mapped from mailNickname; it must be objectId");
  });

  it("says that the application offers no job template", async () => {
    const host = await aFlowHost({ layers: [noTemplate] });
    const [report] = await host.run("connect", {}, silent);
    expect(report).toMatchObject({ status: "FAILED", error: "ProvisioningTemplateNotOffered" });
  });
});

describe("connect, and answers that are of somewhere else", () => {
  it("refuses each by a name of its own, and continues with the right one", async () => {
    const refusals: string[] = [];
    const host = await aFlowHost({
      operator: operatorWho({
        async "service-provider-metadata"(running, task) {
          const metadata = await awsConsole(running).download("saml/sp-metadata.xml");
          for (const wrong of [
            metadata.replaceAll("eu-central-1", "us-east-1"),
            metadata.replace(/d-[0-9a-f]{10}/, "d-0000000000"),
            metadata.replaceAll("SPSSODescriptor", "IDPSSODescriptor"),
          ])
            refusals.push(await tryAnswer(running, task.taskId, { metadata: wrong }));
          await answerAsOperator(running, task);
        },
        async "scim-credentials"(running, task) {
          for (const host of ["scim.us-east-1.amazonaws.com", "scim.example.com"]) {
            const endpoint = `https://${host}/11111111111-2222-3333-4444-555555555555/scim/v2`;
            refusals.push(await tryAnswer(running, task.taskId, { endpoint, token: "canary" }));
          }
          await answerAsOperator(running, task);
        },
      }),
    });

    const [report] = await host.run("connect", {}, silent);

    expect(report?.status).toBe("SUCCEEDED");
    expect(refusals).toEqual([
      "MetadataOfAnotherRegion",
      "MetadataOfAnotherInstance",
      "MetadataInvalid",
      "ScimEndpointOfAnotherRegion",
      "ScimEndpointRefused",
    ]);
  });
});

describe("connect, when it is repeated within seconds", () => {
  it("waits for the application of the run that died right after asking for it", async () => {
    const { host } = await aCrashingHost({
      call: "connect/create-enterprise-application graph POST /v1.0/applicationTemplates/…/instantiate",
      nth: 1,
      when: "after",
    });
    const [died] = await host.run("connect", {}, silent);
    expect(died).toMatchObject({ status: "FAILED" });
    expect((await readConnection(host.deps.records)).application).toBeUndefined();

    const [again] = await host.run("connect", {}, silent);

    expect(again).toMatchObject({ status: "SUCCEEDED", error: null });
    expect(host.sandbox.entra.applications()).toHaveLength(1);
  });

  it("asks once when the answer to the request is lost", async () => {
    let lost = 0;
    const losing: Layer = (_service, inner) => ({
      async fetch(request) {
        const response = await inner.fetch(request);
        if (!request.url.endsWith("/instantiate")) return response;
        lost += 1;
        throw new TypeError("fetch failed: the connection is lost");
      },
    });
    const host = await aFlowHost({ layers: [losing] });

    const [report] = await host.run("connect", {}, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
    expect(lost).toBe(1);
    expect(host.sandbox.entra.applications()).toHaveLength(1);
  });

  it("makes another one when that of the record has been deleted in Entra", async () => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    const [made] = host.sandbox.entra.applications();
    await asAdministrator(host, "DELETE", `/applications/${made?.application.id}`);
    await host.deps.clock.sleep(10 * 60_000);

    const target = {
      identityStoreId: host.sandbox.states.identityStore.identityStoreId,
      entityId: host.sandbox.console.serviceProvider.issuer,
    };
    const again = await createEnterpriseApplication(target, host.deps.settings, host.deps);

    expect(host.sandbox.entra.applications()).toMatchObject([{ application: { appId: again.appId } }]);
    expect(again.appId).not.toBe(made?.application.appId);
  });
});

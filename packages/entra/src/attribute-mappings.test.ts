import { describe, expect, it } from "vitest";
import { done, entraOn } from "../test-support/fake-graph.ts";

const SCHEMA = "/servicePrincipals/sp-1/synchronization/jobs/job-1/schema";

function line(targetAttributeName: string, source: object, more: object = {}) {
  return {
    defaultValue: null,
    exportMissingReferences: false,
    flowBehavior: "FlowWhenChanged",
    flowType: "Always",
    matchingPriority: 0,
    targetAttributeName,
    source,
    ...more,
  };
}
function attribute(name: string) {
  return { expression: `[${name}]`, name, parameters: [], type: "Attribute" };
}
const userName = line("userName", attribute("userPrincipalName"), { matchingPriority: 1 });
const active = line("active", {
  expression: "Switch([IsSoftDeleted])",
  name: "Switch",
  type: "Function",
  parameters: [],
});
const externalId = line("externalId", attribute("mailNickname"), { flowType: "ObjectAddOnly" });

function mapping(sourceObjectName: string, attributeMappings: object[]) {
  return {
    attributeMappings,
    enabled: true,
    flowTypes: "Add, Update, Delete",
    name: sourceObjectName,
    sourceObjectName,
    targetObjectName: sourceObjectName,
  };
}

function schema(userLines: object[]) {
  return {
    id: "job-1",
    version: "v1.0",
    directories: [{ id: "directory", name: "kept as it is" }],
    synchronizationRules: [
      {
        id: "rule-1",
        name: "USER_OUTBOUND_USER",
        priority: 1,
        objectMappings: [mapping("User", userLines), mapping("Group", [])],
      },
    ],
  };
}

describe("attribute mappings", () => {
  it("are read line by line; an expression has no source attribute", async () => {
    const { provisioning } = entraOn({ [`GET ${SCHEMA}`]: schema([userName, active]) });
    expect(await provisioning.readMappings("sp-1", "job-1")).toEqual([
      { object: "User", target: "userName", source: "userPrincipalName" },
      { object: "User", target: "active", source: null },
    ]);
  });

  it("are changed by writing everything back with only the named lines different", async () => {
    const fax = line('phoneNumbers[type eq "fax"].value', attribute("facsimileTelephoneNumber"));
    const { provisioning, requests } = entraOn({
      [`GET ${SCHEMA}`]: schema([userName, externalId, active, fax]),
      [`PUT ${SCHEMA}`]: done(),
    });
    await provisioning.changeMappings("sp-1", "job-1", [
      { object: "User", target: "externalId", source: "objectId" },
      { object: "User", target: fax.targetAttributeName, source: null },
      { object: "User", target: "name.familyName", source: "surname" },
    ]);
    expect(requests[1]?.body).toEqual(
      schema([
        userName,
        { ...externalId, source: attribute("objectId") },
        active,
        line("name.familyName", attribute("surname")),
      ]),
    );
  });

  it("that map neither users nor groups are an incomplete read", async () => {
    const { provisioning } = entraOn({ [`GET ${SCHEMA}`]: { id: "job-1", synchronizationRules: [] } });
    await expect(provisioning.readMappings("sp-1", "job-1")).rejects.toMatchObject({
      name: "IncompleteRead",
    });
  });
});

import type { AttributeMapping, AttributeMappingChange } from "@landbridge/core";
import { FlowError } from "@landbridge/core";
import type { GraphObject } from "./answer.ts";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const permission = GRAPH_PERMISSIONS.writeProvisioning;
const OPERATION = "Get synchronizationSchema";

type Json = Record<string, unknown>;

/** The mappings of users and groups from Entra to the application (synchronizationSchema). */
export async function readMappings(graph: Graph, jobPath: string): Promise<AttributeMapping[]> {
  const schema = await graph.get({ operation: OPERATION, permission, path: `${jobPath}/schema` });
  return objectMappingsOf(schema).flatMap(({ object, mapping }) =>
    mapping.list("attributeMappings").map((line) => ({
      object,
      target: line.text("targetAttributeName"),
      source: sourceOf(line.optionalChild("source")),
    })),
  );
}

/** Writes the whole schema back with only the named lines changed (Update synchronizationSchema replaces it). */
export async function changeMappings(
  graph: Graph,
  jobPath: string,
  changes: readonly AttributeMappingChange[],
): Promise<void> {
  const path = `${jobPath}/schema`;
  const schema = await graph.get({ operation: OPERATION, permission, path });
  const rules = schema.list("synchronizationRules").map((rule) => ({
    ...rule.json(),
    objectMappings: rule.list("objectMappings").map((mapping) => {
      const object = objectOf(mapping);
      const ours = changes.filter((change) => change.object === object);
      const lines = mapping.list("attributeMappings").map((line) => line.json());
      return { ...mapping.json(), attributeMappings: ours.reduce(changeLine, lines) };
    }),
  }));
  const body = { ...schema.json(), synchronizationRules: rules };
  await graph.write("put", { operation: "Update synchronizationSchema", permission, path, body });
}

function changeLine(lines: Json[], { target, source }: AttributeMappingChange): Json[] {
  const others = lines.filter((line) => line["targetAttributeName"] !== target);
  if (source === null) return others;
  const present = lines.find((line) => line["targetAttributeName"] === target);
  const changed = { ...(present ?? NEW_LINE), targetAttributeName: target, source: attribute(source) };
  return present ? lines.map((line) => (line === present ? changed : line)) : [...lines, changed];
}

const NEW_LINE = {
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: "FlowWhenChanged",
  flowType: "Always",
  matchingPriority: 0,
};

function attribute(name: string): Json {
  return { expression: `[${name}]`, name, parameters: [], type: "Attribute" };
}

/** A rule is one direction: the one of users and groups into the application has Entra as its source. */
function objectMappingsOf(
  schema: GraphObject,
): { readonly object: AttributeMapping["object"]; readonly mapping: GraphObject }[] {
  const mappings = schema
    .list("synchronizationRules")
    .flatMap((rule) => rule.list("objectMappings"))
    .flatMap((mapping) => {
      const object = objectOf(mapping);
      return object ? [{ object, mapping }] : [];
    });
  if (mappings.length > 0) return mappings;
  throw new FlowError("IncompleteRead", "The provisioning job's schema maps neither users nor groups");
}

function objectOf(mapping: GraphObject): AttributeMapping["object"] | null {
  const name = mapping.text("sourceObjectName");
  return name === "User" || name === "Group" ? name : null;
}

/** `[givenName]` is the attribute itself; anything longer is an expression. */
function sourceOf(source: GraphObject | null): string | null {
  if (source?.optionalText("type") !== "Attribute") return null;
  return (
    source.optionalText("name") ?? /^\[(\w+)\]$/.exec(source.optionalText("expression") ?? "")?.[1] ?? null
  );
}

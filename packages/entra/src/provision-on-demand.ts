import { type Clock, FlowError, type OnDemandOutcome } from "@landbridge/core";
import type { GraphObject } from "./answer.ts";
import type { Graph } from "./graph.ts";
import { makePacer } from "./pacer.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const permission = GRAPH_PERMISSIONS.writeProvisioning;
const MOST_MEMBERS = 5;

type ObjectType = "User" | "Group";

interface Subject {
  readonly objectId: string;
  readonly objectTypeName: ObjectType;
  readonly links?: { readonly members: readonly Subject[] };
}

export interface OnDemandProvisioning {
  provisionGroup(jobPath: string, groupId: string, memberIds: readonly string[]): Promise<OnDemandOutcome>;
  provisionUser(jobPath: string, userId: string): Promise<OnDemandOutcome>;
}

/**
 * synchronizationJob: provisionOnDemand, limited to its 5 requests in 10 seconds. As far as documented, the results of a
 * group's members are not in the answer, but in the provisioning log and in the identity store.
 */
export function makeOnDemandProvisioning(graph: Graph, clock: Clock): OnDemandProvisioning {
  const pace = makePacer(clock, 5, 10_000);
  const rules = new Map<string, string>();

  async function ruleFor(jobPath: string, type: ObjectType): Promise<string> {
    const key = `${jobPath} ${type}`;
    const known = rules.get(key) ?? (await readRule(graph, jobPath, type));
    rules.set(key, known);
    return known;
  }

  async function provision(jobPath: string, subject: Subject): Promise<OnDemandOutcome> {
    const ruleId = await ruleFor(jobPath, subject.objectTypeName);
    const answer = await graph.post({
      operation: "provisionOnDemand",
      permission,
      path: `${jobPath}/provisionOnDemand`,
      body: { parameters: [{ subjects: [subject], ruleId }] },
      pace,
    });
    return toOutcome(answer);
  }

  return {
    provisionUser: (jobPath, userId) => provision(jobPath, { objectId: userId, objectTypeName: "User" }),
    async provisionGroup(jobPath, groupId, memberIds) {
      if (memberIds.length > MOST_MEMBERS) {
        throw new FlowError(
          "InvalidStepInput",
          `provisionOnDemand takes ${MOST_MEMBERS} members, not ${memberIds.length}`,
        );
      }
      const members = memberIds.map((objectId) => ({ objectId, objectTypeName: "User" as const }));
      return provision(jobPath, {
        objectId: groupId,
        objectTypeName: "Group",
        ...(members.length > 0 && { links: { members } }),
      });
    },
  };
}

const RESULTS = ["Success", "Skipped", "Failure"] as const;

/** `key` is JSON in a text; what it holds is shown by a sample only, and read no further than that. */
function toOutcome(answer: GraphObject): OnDemandOutcome {
  const { result, details } = parsed(answer.optionalText("key"));
  const { errorCode, errorMessage } = isRecord(details) ? details : {};
  return {
    result: RESULTS.find((known) => known === result) ?? "Unknown",
    code: typeof errorCode === "string" ? errorCode : null,
    reason: typeof errorMessage === "string" ? errorMessage : null,
  };
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The rule that maps objects of the type. @throws {FlowError} Unexpected when provisioning of the type is off */
async function readRule(graph: Graph, jobPath: string, type: ObjectType): Promise<string> {
  const schema = await graph.get({
    operation: "Get synchronizationSchema",
    permission,
    path: `${jobPath}/schema`,
  });
  const rule = schema
    .list("synchronizationRules")
    .find((candidate) =>
      candidate.list("objectMappings").some((mapping) => mapping.optionalText("sourceObjectName") === type),
    );
  if (rule) return rule.text("id");
  throw new FlowError("Unexpected", `No rule of the provisioning job maps objects of type ${type}`);
}

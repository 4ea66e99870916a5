import path from "node:path";
import { bundleFunctions } from "./bundle.ts";
import type { FunctionSpec } from "./function-list.ts";
import type { Grant, Target } from "./grants.ts";
import { nameOf, type Place } from "./place.ts";
import { grantsOf } from "./permissions.ts";
import { allow, denials, policyDocument, type Protection, statementOf, TRUST_LAMBDA } from "./policies.ts";

/** The runtime that everything is tested on. */
const RUNTIME = "nodejs24.x";

interface FunctionsArgs {
  readonly root: string;
  readonly signIn: "federated" | "client-secret";
  readonly targets: Readonly<Record<Target, readonly string[]>>;
  readonly keyArn: $util.Input<string>;
  readonly protection: Protection;
  readonly logRetentionDays: number;
  /** Dead-letter queue of asynchronous invocations. */
  readonly deadLetters: aws.sqs.Queue;
  readonly variablesOf: (name: string) => Record<string, $util.Input<string>>;
}

export interface DeployedFunction {
  readonly spec: FunctionSpec;
  readonly grants: readonly Grant[];
  readonly role: aws.iam.Role;
  readonly lambda: aws.lambda.Function;
}

/** A function, a role and a log group for each, all by the name of its file. */
export async function makeFunctions(
  place: Place,
  specs: readonly FunctionSpec[],
  args: FunctionsArgs,
): Promise<ReadonlyMap<string, DeployedFunction>> {
  const bundles = path.join(args.root, ".sst", "bundles");
  await bundleFunctions(
    args.root,
    specs.map(({ name }) => name),
    bundles,
  );
  return new Map(specs.map((spec) => [spec.name, makeFunction(place, spec, { ...args, bundles })]));
}

function makeFunction(
  place: Place,
  spec: FunctionSpec,
  args: FunctionsArgs & { readonly bundles: string },
): DeployedFunction {
  const name = nameOf(place, spec.name);
  const grants = grantsOf(spec.name, args.signIn);
  const logs = new aws.cloudwatch.LogGroup(`${spec.name}Logs`, {
    name: `/aws/lambda/${name}`,
    retentionInDays: args.logRetentionDays,
  });
  const role = makeRole(place, spec, { ...args, name, grants, logGroupArn: logs.arn });
  const lambda = new aws.lambda.Function(spec.name, {
    name,
    description: `functions/${spec.name}.ts`,
    runtime: RUNTIME,
    architectures: ["arm64"],
    handler: "index.handler",
    code: new $util.asset.FileArchive(path.join(args.bundles, spec.name)),
    role: role.arn,
    timeout: spec.timeoutSeconds,
    memorySize: spec.memoryMegabytes,
    loggingConfig: { logFormat: "JSON", logGroup: logs.name },
    environment: { variables: args.variablesOf(spec.name) },
    ...(spec.isAsync && { deadLetterConfig: { targetArn: args.deadLetters.arn } }),
  });
  return { spec, grants, role, lambda };
}

interface RoleArgs extends FunctionsArgs {
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly logGroupArn: $util.Input<string>;
}

function makeRole(place: Place, spec: FunctionSpec, args: RoleArgs): aws.iam.Role {
  const { grants, protection, deadLetters } = args;
  const allowed = grants.flatMap(({ actions }) => actions);
  const policy = $resolve({ key: args.keyArn, logs: args.logGroupArn, queue: deadLetters.arn }).apply(
    ({ key, logs, queue }) =>
      JSON.stringify(
        policyDocument(
          allow(["logs:CreateLogStream", "logs:PutLogEvents"], [`${logs}:*`]),
          ...(spec.isAsync ? [allow(["sqs:SendMessage"], [queue])] : []),
          ...grants.map((grant) => statementOf(grant, { ...args.targets, key: [key] }, place.region)),
          ...denials(allowed, protection),
        ),
      ),
  );
  return new aws.iam.Role(`${spec.name}Role`, {
    name: args.name,
    description: `functions/${spec.name}.ts`,
    assumeRolePolicy: TRUST_LAMBDA,
    inlinePolicies: [{ name: "permissions", policy }],
  });
}

import { makeAlarms } from "./alarms.ts";
import { makeApi, makeRoutes, webhookUrl } from "./api.ts";
import { makeDashboard } from "./dashboard.ts";
import { makeDeadLetterQueue } from "./dead-letters.ts";
import { makeBus, makeRules } from "./events.ts";
import { readFlows } from "./flows.ts";
import { listFunctions } from "./function-list.ts";
import { type DeployedFunction, makeFunctions } from "./functions.ts";
import { makeNotifications } from "./notifications.ts";
import { findPlace, nameOf, type Place } from "./place.ts";
import type { Protection } from "./policies.ts";
import { makeSchedules } from "./schedules.ts";
import { makeKey, makeSecrets } from "./secrets.ts";
import { type DeploymentSettings, readSettings } from "./settings.ts";
import { makeSignInRole } from "./sign-in-role.ts";
import { makeStateMachines } from "./state-machines.ts";
import { makeBucket, makeTable } from "./storage.ts";
import { makeTargets, type Names, namesAt } from "./targets.ts";

/** Everything of one stage. What it returns is printed by `sst deploy`. */
export async function deploy() {
  const settings = readSettings(process.env);
  const { values } = settings;
  const { root } = $cli.paths;
  const flows = readFlows(root);
  const specs = listFunctions(root, flows);
  const place = await findPlace();
  const names = namesAt(place, values.LANDBRIDGE_POLICY_KEY);
  const logRetentionDays = values.LANDBRIDGE_LOG_RETENTION_DAYS;
  const signIn = values.LANDBRIDGE_SIGN_IN;
  const forwardFrom = values.LANDBRIDGE_FORWARD_FROM_ACCOUNT ?? null;

  makeTable(place, names);
  const { LANDBRIDGE_POLICY_WRITER_ROLE_ARN: writer } = values;
  makeBucket(place, names, [
    roleArnOf(place, "sync-access/promote-policy"),
    ...(writer === undefined ? [] : [writer]),
  ]);
  const key = makeKey(place);
  const queues = {
    events: makeDeadLetterQueue(place, "events"),
    schedules: makeDeadLetterQueue(place, "schedules"),
    functions: makeDeadLetterQueue(place, "functions"),
  };
  const api = makeApi(place);
  const functions = await makeFunctions(place, specs, {
    root,
    signIn,
    keyArn: key.arn,
    targets: makeTargets(place, names),
    protection: await protectionOf(place, settings),
    logRetentionDays,
    deadLetters: queues.functions,
    variablesOf: variablesFor(place, names, { settings, webhook: webhookUrl(api) }),
  });
  const roleArns = (target: string) =>
    [...functions.values()]
      .filter(({ grants }) => grants.some(({ on }) => (on as readonly string[]).includes(target)))
      .map(({ spec }) => roleArnOf(place, spec.name));
  if (signIn === "federated") {
    makeSignInRole(names.signInRole, rolesThat(functions, "sts:AssumeRole"));
  }
  makeSecrets(place, names, {
    keyArn: key.arn,
    hasClientSecret: signIn === "client-secret",
    readers: { scimToken: roleArns("scimToken"), clientSecret: roleArns("clientSecret") },
  });
  const machines = makeStateMachines(place, flows, { functions, logRetentionDays });
  const bus = makeBus(place, names.bus, forwardFrom);
  const lambdaOf = (name: string) => functionNamed(functions, name).lambda;
  makeRules(place, bus, {
    root,
    names,
    markChanges: functionNamed(functions, "events/mark-changes"),
    machines,
    deadLetters: queues.events,
    forwardFrom,
  });
  makeSchedules(place, { root, functions, machines, deadLetters: queues.schedules });
  const topic = makeNotifications(place, {
    bus,
    keyArn: key.arn,
    emails: values.LANDBRIDGE_ALARM_EMAILS,
    deadLetters: queues.events,
  });
  const { LANDBRIDGE_API_JWT_ISSUER: issuer, LANDBRIDGE_API_JWT_AUDIENCE: audience } = values;
  const peopleApi = makeRoutes(place, api, {
    api: lambdaOf("api/api"),
    webhook: lambdaOf("events/graph-webhook"),
    jwt: issuer !== undefined && audience !== undefined ? { issuer, audience } : null,
    logRetentionDays,
  });
  makeAlarms(place, { topic, machines, queues, webhook: lambdaOf("events/graph-webhook"), api });
  makeDashboard(place, machines, queues);
  return {
    bucket: names.bucket,
    api: api.apiEndpoint,
    ...(peopleApi !== null && { peopleApi }),
    bus: bus.arn,
    ...(signIn === "federated" && { signInRole: names.signInRole }),
  };
}

/** @throws {Error} of AWS for a break-glass permission set that does not exist */
async function protectionOf(place: Place, { values }: DeploymentSettings): Promise<Protection> {
  const { instanceArn, partition, managementAccountId } = place;
  const sets = await Promise.all(
    values.LANDBRIDGE_BREAK_GLASS_PERMISSION_SETS.map((name) =>
      aws.ssoadmin.getPermissionSet({ instanceArn, name }),
    ),
  );
  return {
    managementAccount: values.LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT
      ? null
      : `arn:${partition}:sso:::account/${managementAccountId}`,
    breakGlassPermissionSets: sets.map(({ arn }) => arn),
  };
}

interface VariableSources {
  readonly settings: DeploymentSettings;
  readonly webhook: $util.Output<string>;
}

/** The environment of a function. Names of secrets, never their values. */
function variablesFor(place: Place, names: Names, { settings, webhook }: VariableSources) {
  const { partition, region, accountId, prefix } = place;
  const shared: Record<string, string> = {
    ...settings.functionVariables,
    LANDBRIDGE_TABLE: names.table,
    LANDBRIDGE_BUCKET: names.bucket,
    LANDBRIDGE_SCIM_SECRET_NAME: names.scimSecret,
    LANDBRIDGE_TASK_KEY_SECRET_NAME: names.taskKeySecret,
    LANDBRIDGE_STATE_MACHINE_PREFIX: `arn:${partition}:states:${region}:${accountId}:stateMachine:${prefix}`,
    LANDBRIDGE_OWN_ROLE_PREFIX: prefix,
    LANDBRIDGE_EVENT_BUS: names.bus,
    ...(settings.values.LANDBRIDGE_SIGN_IN === "federated"
      ? { LANDBRIDGE_SIGN_IN_ROLE_ARN: `arn:${partition}:iam::${accountId}:role/${names.signInRole}` }
      : { LANDBRIDGE_CLIENT_SECRET_NAME: names.clientSecret }),
  };
  const more: Readonly<Record<string, Record<string, $util.Input<string>>>> = {
    "events/graph-webhook": {
      LANDBRIDGE_MARK_FUNCTION: nameOf(place, "events/mark-changes"),
      LANDBRIDGE_KEEP_FUNCTION: nameOf(place, "events/keep-subscriptions"),
    },
    "events/keep-subscriptions": { LANDBRIDGE_WEBHOOK_URL: webhook },
    "watch/inspect-connection": { LANDBRIDGE_WEBHOOK_URL: webhook },
  };
  return (name: string) => ({ ...shared, ...more[name] });
}

/** The role of a function, which has the function's name. */
function roleArnOf(place: Place, functionName: string): string {
  return `arn:${place.partition}:iam::${place.accountId}:role/${nameOf(place, functionName)}`;
}

function rolesThat(functions: ReadonlyMap<string, DeployedFunction>, action: string): aws.iam.Role[] {
  return [...functions.values()]
    .filter(({ grants }) => grants.some(({ actions }) => actions.includes(action)))
    .map(({ role }) => role);
}

function functionNamed(functions: ReadonlyMap<string, DeployedFunction>, name: string): DeployedFunction {
  const found = functions.get(name);
  if (!found) throw new Error(`infra/deployment.ts needs functions/${name}.ts`);
  return found;
}

/** The account that the synthesis pretends to deploy to. */
export const SYNTH = {
  account: "123456789012",
  managementAccount: "999999999999",
  region: process.env["AWS_REGION"] ?? "eu-central-1",
  instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  identityStoreId: "d-1234567890",
};

type Fields = Readonly<Record<string, unknown>>;

const { account, managementAccount, region, instanceArn, identityStoreId } = SYNTH;

/** ARNs by the last part of the resource's type; others get one that cannot be mistaken for a real one. */
const ARNS: Readonly<Record<string, (name: string) => string>> = {
  "aws:cloudwatch/eventBus:EventBus": (name) => `arn:aws:events:${region}:${account}:event-bus/${name}`,
  "aws:cloudwatch/eventRule:EventRule": (name) => `arn:aws:events:${region}:${account}:rule/${name}`,
  "aws:cloudwatch/logGroup:LogGroup": (name) => `arn:aws:logs:${region}:${account}:log-group:${name}`,
  "aws:iam/role:Role": (name) => `arn:aws:iam::${account}:role/${name}`,
  "aws:kms/key:Key": (name) => `arn:aws:kms:${region}:${account}:key/${name}`,
  "aws:lambda/function:Function": (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  "aws:s3/bucket:Bucket": (name) => `arn:aws:s3:::${name}`,
  "aws:scheduler/scheduleGroup:ScheduleGroup": (name) =>
    `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`,
  "aws:secretsmanager/secret:Secret": (name) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`,
  "aws:sfn/stateMachine:StateMachine": (name) => `arn:aws:states:${region}:${account}:stateMachine:${name}`,
  "aws:sns/topic:Topic": (name) => `arn:aws:sns:${region}:${account}:${name}`,
  "aws:sqs/queue:Queue": (name) => `arn:aws:sqs:${region}:${account}:${name}`,
};

/** What AWS would add to a resource. */
export function stateOf(type: string, name: string, inputs: Fields): Fields {
  if (type === "random:index/randomBytes:RandomBytes") {
    const bytes = Buffer.alloc(Number(inputs["length"]), 1);
    return { ...inputs, base64: bytes.toString("base64"), hex: bytes.toString("hex") };
  }
  const given = inputs["name"] ?? inputs["bucket"];
  const physical = typeof given === "string" ? given : name;
  const arn = ARNS[type]?.(physical) ?? `arn:aws:mock:${region}:${account}:${physical}`;
  const state = { ...inputs, name: physical, arn };
  if (type === "aws:apigatewayv2/api:Api") {
    return {
      ...state,
      apiEndpoint: `https://${physical}.execute-api.${region}.amazonaws.com`,
      executionArn: `arn:aws:execute-api:${region}:${account}:${physical}`,
    };
  }
  return state;
}

/** What the deployment asks AWS. */
const CALLS: Readonly<Record<string, (inputs: Fields) => Fields>> = {
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com" }),
  "aws:index/getRegion:getRegion": () => ({ region, name: region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: account }),
  "aws:ssoadmin/getInstances:getInstances": () => ({
    arns: [instanceArn],
    identityStoreIds: [identityStoreId],
  }),
  "aws:organizations/getOrganization:getOrganization": () => ({ masterAccountId: managementAccount }),
  "aws:ssoadmin/getPermissionSet:getPermissionSet": ({ name }) => ({
    arn: `arn:aws:sso:::permissionSet/${instanceArn.split("/")[1]}/ps-${String(name).toLowerCase()}`,
  }),
};

/** @throws {Error} for an unknown question */
export function answerTo(token: string, inputs: Fields): Fields {
  const answer = CALLS[token];
  if (!answer) throw new Error(`infra/synth/mocks.ts has no answer to ${token}`);
  return answer(inputs);
}

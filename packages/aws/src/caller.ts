import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type ClientOptions, makeClientConfig } from "./client-config.ts";
import { govern } from "./govern.ts";
import { required } from "./required.ts";

/** ARN of the credentials' owner: needs no permission, and no policy can forbid it (GetCallerIdentity). */
export async function readCallerArn(options: ClientOptions): Promise<string> {
  const sts = govern(new STSClient(makeClientConfig(options)), { service: "sts" });
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return required(Arn, "GetCallerIdentity: Arn");
  } finally {
    sts.destroy();
  }
}

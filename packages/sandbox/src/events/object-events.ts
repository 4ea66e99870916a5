import { NULL_VERSION, type StoredObject } from "../s3/state.ts";
import { PROMPT_MILLISECONDS, type Publish } from "./service-event.ts";

/** Reports every written object to the bus (S3 user guide, "EventBridge event message structure"). */
export function tellOfObjects(publish: Publish): (bucketName: string, object: StoredObject) => void {
  let count = 0;
  return (bucketName, { key, body, etag, versionId }) => {
    count += 1;
    publish(
      {
        source: "aws.s3",
        "detail-type": "Object Created",
        resources: [`arn:aws:s3:::${bucketName}`],
        detail: {
          version: "0",
          bucket: { name: bucketName },
          object: {
            key,
            size: body.byteLength,
            etag: etag.replaceAll('"', ""),
            ...(versionId !== NULL_VERSION && { "version-id": versionId }),
            // Hexadecimal; of two writes of one key the later one has the greater.
            sequencer: count.toString(16).padStart(16, "0"),
          },
          reason: "PutObject",
        },
      },
      PROMPT_MILLISECONDS,
    );
  };
}

import type { Service } from "../kernel/kernel.ts";
import { PROMPT_MILLISECONDS, type Publish } from "./service-event.ts";

/** Tells the bus of every object that is written (S3 user guide, "EventBridge event message structure"). */
export function tellOfObjects(publish: Publish): (service: Service) => Service {
  return (service) => ({
    async fetch(request) {
      const response = await service.fetch(request);
      const { pathname } = new URL(request.url);
      const [, bucket = "", ...rest] = pathname.split("/");
      const key = decodeURIComponent(rest.join("/"));
      if (request.method !== "PUT" || !response.ok || key === "") return response;
      publish(
        {
          source: "aws.s3",
          "detail-type": "Object Created",
          resources: [`arn:aws:s3:::${bucket}`],
          detail: {
            version: "0",
            bucket: { name: bucket },
            object: { key, etag: response.headers.get("etag")?.replaceAll('"', "") },
            reason: "PutObject",
          },
        },
        PROMPT_MILLISECONDS,
      );
      return response;
    },
  });
}

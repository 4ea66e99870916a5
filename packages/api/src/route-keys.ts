/** The route as API Gateway writes it: `POST /v1/tasks/{id}/answer`. @param path as Hono writes it: `/v1/tasks/:id/answer` */
export function routeKey(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`;
}

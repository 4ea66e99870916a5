export function synchronizationPath(servicePrincipalId: string): string {
  return `/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/synchronization`;
}

export function jobPath(servicePrincipalId: string, jobId: string): string {
  return `${synchronizationPath(servicePrincipalId)}/jobs/${encodeURIComponent(jobId)}`;
}

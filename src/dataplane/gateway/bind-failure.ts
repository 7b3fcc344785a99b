/** Why a listener could not be opened, for `DescribeLoadBalancers` and the log. */
export function bindFailure(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `${host}:${port} is in use by another process`;
    case 'EACCES':
      return `the gateway may not bind ${host}:${port}; ports below 1024 need a privilege, or a port offset`;
    case 'EADDRNOTAVAIL':
      return `this machine does not have the address ${host}`;
    default:
      return error instanceof Error ? error.message : 'unknown';
  }
}

import type { ApiServer } from '../aws/http/server.ts';
import { hostInUrl, type Endpoint } from './settings.ts';
import { CannotStart } from './under-supervisor.ts';

/**
 * Listens on a socket that the supervisor has bound.
 * @param option as the operator typed it, for the message
 * @throws CannotStart
 */
export async function listenAt(
  server: Pick<ApiServer, 'listen'>,
  option: string,
  { host, port }: Endpoint,
  descriptor: number,
): Promise<void> {
  try {
    await server.listen({ fd: descriptor });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const reason =
      code === 'EADDRINUSE' ? 'is in use by another process' : `cannot be bound (${code})`;
    throw new CannotStart(`${option}: ${hostInUrl(host)}:${port} ${reason}`, { cause });
  }
}

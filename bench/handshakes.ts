import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type SecureVersion } from 'node:tls';

/** Full handshakes, a few at the same time, each on a connection of its own that is closed after it. */
export interface Handshakes {
  readonly port: number;
  readonly version: SecureVersion;
  readonly clients: number;
  readonly seconds: number;
}

/** Makes handshakes in a process of its own: what clients pay for them is in no figure of the servers. */
export function startHandshaker(): ChildProcess {
  return fork(import.meta.filename);
}

/** @returns how many succeeded */
export async function shakeHands(shaker: ChildProcess, what: Handshakes): Promise<number> {
  shaker.send(what);
  const [count] = (await once(shaker, 'message')) as [number];
  return count;
}

async function repeat({ port, version, clients, seconds }: Handshakes): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const socket = connect({
        host: '127.0.0.1',
        port,
        servername: 'shop.test',
        rejectUnauthorized: false,
        minVersion: version,
        maxVersion: version,
      });
      await once(socket, 'secureConnect');
      socket.destroy();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return count;
}

if (import.meta.main) {
  for (;;) {
    const [what] = (await once(process, 'message')) as [Handshakes];
    process.send?.(await repeat(what));
  }
}

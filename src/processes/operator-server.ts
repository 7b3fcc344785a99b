import { chmodSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import * as v from 'valibot';
import { describeError, type Log } from '../lib/log.ts';

/** An operator's command: its answer goes out as JSON. */
export type OperatorCommand = (input: Readonly<Record<string, string>>) => Promise<unknown>;

/** What the operator typed cannot be done; the message is for the operator. */
export class OperatorRefusal extends Error {}

const maxBytes = 16_384;
const inputs = v.record(v.string(), v.pipe(v.string(), v.maxLength(1_024)));

/**
 * Answers the operator's commands on a Unix socket that only the owner of the data folder can open: the one door
 * beside the public APIs. Disposing it closes the socket.
 * @param commands by path, for example `domain/allow`
 */
export async function serveOperator(
  path: string,
  commands: ReadonlyMap<string, OperatorCommand>,
  log: Log,
): Promise<AsyncDisposable> {
  const server: Server = createServer((request, response) => {
    void answer(request, commands, log).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.requestTimeout = 10_000;
  // Of one that was killed, or still of the one whose place this process takes, until the new one lies over it.
  const made = `${path}.new`;
  rmSync(made, { force: true });
  server.listen(made);
  await once(server, 'listening');
  chmodSync(made, 0o600);
  renameSync(made, path);
  const { ino } = statSync(path);
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      if (statSync(path, { throwIfNoEntry: false })?.ino === ino) rmSync(path, { force: true });
    },
  };
}

async function answer(
  request: IncomingMessage,
  commands: ReadonlyMap<string, OperatorCommand>,
  log: Log,
): Promise<{ status: number; body: unknown }> {
  const name = request.url?.slice(1) ?? '';
  const command = request.method === 'POST' ? commands.get(name) : undefined;
  if (command === undefined) return { status: 404, body: { message: 'there is no such command' } };
  try {
    return {
      status: 200,
      body: await command(v.parse(inputs, JSON.parse(await readBody(request)))),
    };
  } catch (error) {
    if (error instanceof OperatorRefusal) return { status: 400, body: { message: error.message } };
    log.error('an operator command failed', { name, error: describeError(error) });
    return { status: 500, body: { message: 'the command failed; the log says why' } };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new OperatorRefusal('the command is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

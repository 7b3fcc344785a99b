import { request } from 'node:http';
import { join, resolve } from 'node:path';

/** One line for the operator: the server is down, or it said no. */
export class OperatorError extends Error {}

/**
 * Asks the running server over the socket in its data folder, which only its owner may open.
 * @throws OperatorError
 */
export function askServer(
  dataDirectory: string,
  command: string,
  input: Readonly<Record<string, string>>,
): Promise<unknown> {
  const body = JSON.stringify(input);
  const folder = resolve(dataDirectory);
  const { promise, resolve: answer, reject } = Promise.withResolvers<unknown>();
  const asking = request(
    {
      socketPath: join(folder, 'operator.sock'),
      method: 'POST',
      path: `/${command}`,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const content = JSON.parse(Buffer.concat(chunks).toString() || '{}') as {
          message?: string;
        };
        if (response.statusCode === 200) answer(content);
        else reject(new OperatorError(content.message ?? 'the server refused'));
      });
    },
  );
  asking.on('error', (error: NodeJS.ErrnoException) => {
    const isDown = error.code === 'ENOENT' || error.code === 'ECONNREFUSED';
    reject(
      new OperatorError(
        isDown
          ? `no server is running on ${folder}`
          : `the server was not reached: ${error.message}`,
      ),
    );
  });
  asking.end(body);
  return promise;
}

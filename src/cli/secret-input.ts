import { closeSync, openSync, readSync } from 'node:fs';
import { OperatorError } from './operator-client.ts';

const maxBytes = 1_024;

/**
 * The line in a file or at a descriptor: where secrets come from, which no argument may hold.
 * @param from a path, or the number of a descriptor
 * @throws OperatorError
 */
export function readSecretLine(from: string | number): string {
  const bytes = Buffer.alloc(maxBytes);
  try {
    const file = typeof from === 'number' ? from : openSync(from, 'r');
    let length = 0;
    for (let read = 1; read > 0 && length < maxBytes; length += read)
      read = readSync(file, bytes, length, maxBytes - length, null);
    if (typeof from === 'string') closeSync(file);
    if (length === maxBytes) throw new OperatorError(`a secret has fewer than ${maxBytes} bytes`);
    return bytes.toString('latin1', 0, length).trim();
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const place = typeof from === 'number' ? `descriptor ${from}` : from;
    throw new OperatorError(`no secret can be read from ${place} (${reason})`);
  } finally {
    bytes.fill(0);
  }
}

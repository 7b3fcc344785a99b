import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { movePrivateFile, writePrivateFile } from './private-file.ts';

/** What a client of this server needs, in the shell's syntax. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly caFile: string;
  readonly region: string;
}

const secretNames = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

/** The text of a `client.env`; the caller keeps it nowhere else. */
export function clientEnv(
  settings: ClientSettings,
  key: { readonly accessKeyId: string; readonly secretAccessKey: string },
): string {
  const secret = [
    `AWS_ACCESS_KEY_ID=${key.accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${key.secretAccessKey}`,
  ];
  return [...publicLines(settings), ...secret, ''].join('\n');
}

/**
 * Brings the lines of an existing file up to date that hold no secret: a key that was deleted stays deleted.
 * Nothing happens when there is no file.
 */
export function refreshClientEnv(path: string, settings: ClientSettings): void {
  const before = textOf(path);
  if (before === undefined) return;
  const kept = before
    .split('\n')
    .filter((line) => secretNames.some((name) => line.startsWith(`${name}=`)));
  const after = [...publicLines(settings), ...kept, ''].join('\n');
  if (after !== before) writePrivateFile(path, after);
}

/** The id of the access key in the file; undefined when it has none, or is not there. */
export function accessKeyOf(path: string): string | undefined {
  return /^AWS_ACCESS_KEY_ID=(\w+)$/m.exec(textOf(path) ?? '')?.[1];
}

/**
 * Keeps the text of a `client.env` whose account is about to be committed: a crash after the commit must not leave
 * an account of which nobody has the key.
 */
export function prepareClientEnv(dataDirectory: string, text: string): void {
  writePrivateFile(pendingFile(dataDirectory), text);
}

/** Gives what was prepared its place, once the account is there. Nothing happens when nothing was. */
export function settleClientEnv(dataDirectory: string): void {
  const pending = pendingFile(dataDirectory);
  if (existsSync(pending)) movePrivateFile(pending, clientEnvFile(dataDirectory));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function pendingFile(dataDirectory: string): string {
  return `${clientEnvFile(dataDirectory)}.pending`;
}

export function clientEnvFile(dataDirectory: string): string {
  return join(dataDirectory, 'client.env');
}

function publicLines({ endpoint, caFile, region }: ClientSettings): string[] {
  return [
    `AWS_ENDPOINT_URL=${endpoint}`,
    `AWS_CA_BUNDLE=${quoted(caFile)}`,
    `NODE_EXTRA_CA_CERTS=${quoted(caFile)}`,
    `AWS_REGION=${region}`,
    `AWS_DEFAULT_REGION=${region}`,
  ];
}

/** A word of the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

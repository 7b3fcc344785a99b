import { open, type FileHandle } from 'node:fs/promises';

const lineFeed = 0x0a;

/**
 * Adds lines to a file, durably, and makes it for its owner only when there is none. What a crash has left of a line
 * becomes a line of its own. @throws the system's error
 */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const start = (await endsInLine(file)) ? '' : '\n';
    await file.appendFile(`${start}${lines.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function endsInLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === lineFeed;
}

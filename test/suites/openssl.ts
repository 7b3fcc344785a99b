import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A folder for openssl to work in, gone with its disposal. */
export class OpensslFolder implements Disposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-openssl-'));

  write(name: string, content: string | Uint8Array): string {
    const path = this.file(name);
    writeFileSync(path, content);
    return path;
  }

  file(name: string): string {
    return join(this.#folder.path, name);
  }

  /** What it prints. @throws Error with what it complained about */
  run(...args: readonly string[]): string {
    return execFileSync('openssl', args, {
      cwd: this.#folder.path,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  [Symbol.dispose](): void {
    this.#folder.remove();
  }
}

import { createRequire } from 'node:module';
import { useCompileCache } from './processes/compile-cache.ts';
import { UsageError } from './processes/settings.ts';

interface Command {
  readonly summary: string;
  /** Resolves with the exit status. */
  run(args: readonly string[]): Promise<number>;
}

const commands: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'run everything on this machine',
    run: async (args) => {
      useCompileCache();
      return (await import('./processes/supervise.ts')).serve(args);
    },
  },
  reseal: {
    summary: 'put the root key under another seal',
    run: async (args) => (await import('./processes/reseal.ts')).reseal(args),
  },
  check: {
    summary: 'read a whole data folder, and say whether it is sound',
    run: async (args) => (await import('./processes/check.ts')).check(args),
  },
  domain: {
    summary: 'say which account may prove control of which domains',
    run: async (args) => (await import('./cli/domain.ts')).domain(args),
  },
  account: {
    summary: 'accounts, their root users, and lost admins',
    run: async (args) => (await import('./cli/account.ts')).account(args),
  },
  issuer: {
    summary: 'CAs that sign certificates, and for which accounts and domains',
    run: async (args) => (await import('./cli/issuer.ts')).issuer(args),
  },
  explain: {
    summary: 'say who may do what, by which statement of which policy',
    run: async (args) => (await import('./cli/explain.ts')).explain(args),
  },
  events: {
    summary: 'say who hears what happens to certificates',
    run: async (args) => (await import('./cli/events.ts')).events(args),
  },
  doctor: {
    summary: 'say why a certificate is pending, what to change, or whether all is well',
    run: async (args) => (await import('./cli/doctor.ts')).doctor(args),
  },
  certificates: {
    summary: 'list certificates: what is expected, and what is served',
    run: async (args) => (await import('./cli/certificates.ts')).certificates(args),
  },
  gateway: {
    summary: 'put another gateway process in the place of the one that serves',
    run: async (args) => (await import('./cli/gateway.ts')).gateway(args),
  },
  version: {
    summary: 'print the version',
    run: async () => {
      process.stdout.write(`holdfast ${version()}\n`);
      return 0;
    },
  },
};

function version(): string {
  return (createRequire(import.meta.url)('../package.json') as { version: string }).version;
}

function help(): string {
  const rows = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(12)} ${summary}\n`,
  );
  return `Usage: holdfast COMMAND [options]\n\n${rows.join('')}\nholdfast COMMAND --help says more of each.\n`;
}

/** Ours, or what `parseArgs` says of an option that it does not know. */
function isUsageError(error: Error): boolean {
  return (
    error instanceof UsageError ||
    ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}

async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return 0;
  }
  const command = Object.hasOwn(commands, name === '--version' ? 'version' : name)
    ? commands[name === '--version' ? 'version' : name]
    : undefined;
  if (command === undefined)
    throw new UsageError(`there is no command '${name}'; see holdfast --help`);
  return command.run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error && isUsageError(error))) throw error;
  process.stderr.write(`holdfast: ${error.message.split('\n')[0]}\n`);
  process.exitCode = 2;
}

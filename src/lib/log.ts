/** One line of the log. Fields are ids and counts; never an object that a caller sent. */
type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** All but tab and line feed: what others sent, for example a DNS server, must not write to the operator's terminal. */
const terminalControls = /[^\P{Cc}\t\n]/gu;

/** JSON lines on stderr, or readable lines when stderr is a terminal. `process` names the writer. */
export function createLog(
  processName: string,
  stream: { write(line: string): unknown; isTTY?: boolean } = process.stderr,
  now: () => string = () => Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
): Log {
  const write = (level: string, message: string, fields: LogFields = {}): void => {
    if (stream.isTTY === true) {
      const details = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ` ${name}=${String(value)}`)
        .join('');
      const line = `${now().slice(11, 23)} ${level.padEnd(5)} ${processName}: ${message}${details}`;
      stream.write(`${line.replaceAll(terminalControls, '?')}\n`);
    } else {
      stream.write(
        `${JSON.stringify({ time: now(), level, process: processName, message, ...fields })}\n`,
      );
    }
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };

/** What may be said of an unexpected error in the log: its class and stack, never its properties. */
export function describeError(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? `${error.name}: ${error.message}`)
    : 'a thrown value that is no Error';
}

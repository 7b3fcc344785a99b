import {
  parentPort,
  receiveMessageOnPort,
  workerData,
  type MessagePort,
} from 'node:worker_threads';
import { openForWriting } from './connection.ts';
import { GroupCommit, type Work } from './group-commit.ts';

/** What the thread is told: Changes to commit, or to end when all before it is done. */
export type ToWriter = { readonly commit: readonly Work[] } | { readonly close: true };

/** The one place of this process that writes. Everything that arrived while a commit was running shares the next one. */
function serve(port: MessagePort, file: string): void {
  const database = openForWriting(file);
  const groupCommit = new GroupCommit(database);
  port.on('message', (first: ToWriter) => {
    const batch: Work[] = [];
    let isClosing = false;
    for (let message: ToWriter | undefined = first; message !== undefined; message = next(port)) {
      if ('close' in message) isClosing = true;
      else batch.push(...message.commit);
    }
    if (batch.length > 0) port.postMessage(groupCommit.run(batch));
    if (isClosing) {
      database.close();
      port.close();
    }
  });
}

function next(port: MessagePort): ToWriter | undefined {
  return receiveMessageOnPort(port)?.message as ToWriter | undefined;
}

if (parentPort !== null) serve(parentPort, (workerData as { file: string }).file);

/**
 * `npm run demo`: the life of a private key, in nine steps on a throw-away folder. Everything is done with clients
 * that are not holdfast's own (AWS SDK for JavaScript, node:tls, openssl where it is installed), and everything
 * that is claimed was checked: the exit status is 0 only then.
 */
import { clientsOf } from '../test/sdk-clients.ts';
import { Narrator } from './demo/narrator.ts';
import { startWorld } from '../test/world.ts';
import { story } from './demo/story.ts';

const narrator = new Narrator();
const startedAt = performance.now();

narrator.title('holdfast: the life of a private key');
try {
  await using server = await startWorld();
  using clients = clientsOf(server);
  narrator.say(
    `a server of its own, with data of its own, ready in ${server.startMilliseconds.toFixed(0)} ms`,
  );
  await story(server, clients, narrator);
} catch (error) {
  process.stdout.write(`\nThe demo failed. ${error instanceof Error ? error.message : ''}\n`);
  throw error;
}
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
narrator.title(`All ${narrator.checks} checks held, in ${seconds} s. Now your own: npm start`);

import { existsSync } from 'node:fs';
import { Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { startFauxqs } from 'fauxqs';

/** Runs fauxqs in a worker thread: it writes to SQLite synchronously, and it ends with the host. */

const { folder } = workerData as { folder: string };
releaseInFlight(join(folder, 'fauxqs.db'));
listenLocally();
const engine = await startFauxqs({ port: 0, logger: false, dataDir: folder });
parentPort?.postMessage(engine.port);
parentPort?.once('message', async () => {
  await engine.stop();
  process.exit();
});

/** Who had received these messages is gone. It was not the message's fault, so the receipt does not count. */
function releaseInFlight(file: string): void {
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  database.exec(`UPDATE sqs_messages
    SET receipt_handle = NULL, visibility_deadline = NULL, approximate_receive_count = approximate_receive_count - 1
    WHERE receipt_handle IS NOT NULL`);
  database.close();
}

/** fauxqs listens on every interface and has no option for it. */
function listenLocally(): void {
  const listen = Server.prototype.listen as (...args: unknown[]) => Server;
  Server.prototype.listen = function (this: Server, ...[options, ...rest]: unknown[]) {
    const local = typeof options === 'object' ? { ...options, host: '127.0.0.1' } : options;
    return listen.call(this, local, ...rest);
  };
}

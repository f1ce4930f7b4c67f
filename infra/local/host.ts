import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type Backend, startBackend } from './backend.ts';
import { openDataFolder } from './data-folder.ts';
import { deployFiles } from './engines/deployed-files.ts';
import { startEngines } from './engines/engines.ts';
import { createResources } from './engines/resources.ts';
import { serveInbox } from './mail/inbox.ts';
import { openMailStore } from './mail/mail-store.ts';
import { serveBuckets } from './site/bucket-server.ts';
import { createEdge } from './site/edge.ts';
import { createHttpApi } from './site/http-api.ts';
import { createIssuer } from './site/issuer.ts';
import { closeServer, listen, openOrigin } from './site/origin.ts';
import { toListener } from './site/site-request.ts';
import { loadTemplate, type Template } from './template/template.ts';

export interface HostOptions {
  /** The cloud assembly, or what synthesises it, once port and data folder are this host's. */
  assemblyDir: string | (() => Promise<string>);
  /** Of the one origin that everything is served at; 0 takes any free port. */
  port: number;
  dataDir: string;
  /** How the template's parameters follow from the origin. */
  parameters?: (url: string) => Record<string, string>;
  /** Serves a local OIDC issuer with these users at `<url>/oidc`. */
  issuer?: { audience: string; users: { email: string }[] };
  /** Fills a data folder that is new, before anyone is served. */
  seed?: (stack: Pick<Host, 'client' | 'template'>) => Promise<void>;
  /** For tests: each target gets every event twice, up to a second late and out of order. */
  shuffleAndRepeat?: boolean;
  /** Is given what functions print and what fails. (The log files in the data folder have the functions' part.) */
  log?: (line: string) => void;
}

/** A running stack. */
export interface Host extends Backend {
  /** The one origin. */
  url: string;
  template: Template;
  stop(): Promise<void>;
}

/** Runs a synthesised stack on this machine. Rejects, with all of it stopped again, if a part of it cannot run. */
export async function startHost(options: HostOptions): Promise<Host> {
  const parts: (() => unknown)[] = [];
  const stop = async () => {
    for (const stopPart of parts.splice(0).reverse()) await stopPart();
  };
  try {
    return { ...(await start(options, (stopPart) => parts.push(stopPart))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: HostOptions,
  onStop: (stop: () => unknown) => void,
): Promise<Omit<Host, 'stop'>> {
  const { issuer, seed, log = () => {}, shuffleAndRepeat = false } = options;
  const origin = await openOrigin(options.port);
  onStop(origin.close);
  const { path: dataDir, isNew, markSeeded, release } = openDataFolder(options.dataDir);
  onStop(release);
  // A client may pick a kept connection up in the moment when it is closed; so none is closed for being idle.
  const server = createServer({ keepAliveTimeout: 0 });
  const gateway = { server, url: `http://127.0.0.1:${await listen(server, 0)}` };
  onStop(() => closeServer(server));
  const template = await readTemplate(options, gateway.url, origin.url);
  const engines = await startEngines(dataDir);
  onStop(engines.stop);
  await createResources(template, engines);
  await deployFiles(template, engines.fauxqs);
  const mail = openMailStore(dataDir);
  const listeners = [serveInbox(mail)];
  if (issuer) listeners.push(await createIssuer({ ...issuer, issuerUrl: `${origin.url}/oidc`, dataDir }));
  const backend = await startBackend({
    ...{ template, engines, gateway, dataDir, mail, shuffleAndRepeat, log, onStop },
  });
  if (isNew) await seed?.({ client: backend.client, template });
  markSeeded();
  const api = createHttpApi(template, backend.invoke);
  const edge = createEdge(template, { api, bucket: serveBuckets(engines.fauxqs) });
  origin.open([...listeners, toListener(edge ?? api)]);
  // Once more, so that no more requests come in before the parts that answer them are stopped.
  onStop(origin.close);
  return { ...backend, url: origin.url, template };
}

async function readTemplate(options: HostOptions, gateway: string, site: string): Promise<Template> {
  const given = options.assemblyDir;
  const assemblyDir = typeof given === 'string' ? given : await given();
  // Asset folders would else inherit `"type": "module"` from a project around them, which Lambda's /var/task has not.
  writeFileSync(join(assemblyDir, 'package.json'), '{}\n');
  return loadTemplate({ assemblyDir, parameters: options.parameters?.(site) ?? {}, gateway, site });
}

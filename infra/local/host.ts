import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type Backend, ownQueues, startBackend } from './backend.ts';
import { openDataFolder } from './data-folder.ts';
import { startEngines } from './engines/engines.ts';
import { createResources } from './engines/resources.ts';
import { createAuthorizer } from './gateway/iam.ts';
import { serveHttpApi } from './site/http-api.ts';
import { startIssuer } from './site/issuer.ts';
import { closeServer, listen, type Origin, openOrigin } from './site/origin.ts';
import { type LoadedTemplate, loadTemplate } from './template/template.ts';

export interface HostOptions {
  /** The cloud assembly, or what synthesises it, once port and data folder are this host's. */
  assemblyDir: string | ((dataDir: string) => Promise<string>);
  /** Needed only where the assembly holds several stacks. */
  stackName?: string;
  /** Of the one origin that everything is served at; 0 takes any free port. */
  port: number;
  dataDir: string;
  /** The template's parameters, or how they follow from the origin. */
  parameters?: Record<string, string> | ((url: string) => Record<string, string>);
  /** Serves a local OIDC issuer with these users at `<url>/oidc`. */
  issuer?: { audience: string; users: { email: string; name?: string }[] };
  /** Fills a data folder that is new, before anyone is served. */
  seed?: (stack: Pick<Host, 'client' | 'template'>) => Promise<void>;
  /** For tests: each target gets every event twice, up to a second late and out of order. */
  shuffleAndRepeat?: boolean;
  /** Is given what functions print and what fails. (The log files in the data folder have the functions' part.) */
  log?: (line: string) => void;
}

/** A running stack. */
export interface Host
  extends Pick<
    Backend,
    'client' | 'invoke' | 'invocations' | 'putEvent' | 'fire' | 'faults' | 'capacity' | 'quiet'
  > {
  /** The one origin. */
  url: string;
  template: LoadedTemplate;
  stop(): Promise<void>;
}

type OnStop = (stop: () => unknown) => void;

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

async function start(options: HostOptions, onStop: OnStop): Promise<Omit<Host, 'stop'>> {
  const { log = () => {}, shuffleAndRepeat = false } = options;
  const origin = await openOrigin(options.port);
  onStop(origin.close);
  const { path: dataDir, isNew, markSeeded, release } = openDataFolder(options.dataDir);
  onStop(release);
  const gateway = await openGateway(onStop);
  const template = await readTemplate(options, dataDir, gateway.url, origin.url);
  const authorize = createAuthorizer(template);
  const engines = await startEngines(dataDir);
  onStop(engines.stop);
  await createResources(template, engines, ownQueues(template));
  const backend = await startBackend({
    ...{ template, authorize, engines, gateway, dataDir, shuffleAndRepeat, log, onStop },
  });
  const { inbox, ...open } = backend;
  const issuer = await openIssuer(options, origin, dataDir, onStop);
  if (isNew && options.seed) await options.seed({ client: backend.client, template });
  markSeeded();
  origin.open([inbox, ...issuer, serveHttpApi({ template, invoke: backend.invoke })]);
  onStop(origin.close);
  return { ...open, url: origin.url, template };
}

async function readTemplate(
  { assemblyDir: given, stackName, parameters }: HostOptions,
  dataDir: string,
  gateway: string,
  site: string,
): Promise<LoadedTemplate> {
  const assemblyDir = typeof given === 'string' ? given : await given(dataDir);
  // Asset folders would else inherit `"type": "module"` from a project around them, which Lambda's /var/task has not.
  writeFileSync(join(assemblyDir, 'package.json'), '{}\n');
  const values = typeof parameters === 'function' ? parameters(site) : parameters;
  return loadTemplate({ assemblyDir, stackName, parameters: values, gateway, site });
}

async function openGateway(onStop: OnStop) {
  // A client may pick a kept connection up in the moment when it is closed; so none is closed for being idle.
  const server = createServer({ keepAliveTimeout: 0 });
  const port = await listen(server, 0);
  onStop(() => closeServer(server));
  return { server, url: `http://127.0.0.1:${port}` };
}

async function openIssuer({ issuer }: HostOptions, origin: Origin, dataDir: string, onStop: OnStop) {
  if (!issuer) return [];
  const { listener, close } = await startIssuer({ ...issuer, issuerUrl: `${origin.url}/oidc`, dataDir });
  onStop(close);
  return [listener];
}

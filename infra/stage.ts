import type { Node } from 'constructs';
import * as z from 'zod';

const Stage = z.enum(['prod', 'dev'], { error: 'Give the stage as -c stage=prod or -c stage=dev.' });
const Edge = z.enum(['on', 'off'], { error: 'Give the edge as -c edge=on or -c edge=off.' });
type StageName = z.output<typeof Stage>;

/** What differs between stages in the template. All else that differs is a CloudFormation parameter. */
export interface StageSettings {
  name: StageName;
  /** Keeps tables, bucket and keys whatever happens to the stack. */
  retain: boolean;
  /** Has a CDN in front of the API. */
  edge: boolean;
}

/** The stage of `-c stage=…`, prod when none is given, with an edge unless `-c edge=off` is. */
export function stageOf(node: Node): StageSettings {
  const name = Stage.parse(node.tryGetContext('stage') ?? 'prod');
  const edge = Edge.parse(node.tryGetContext('edge') ?? 'on');
  return { name, retain: name === 'prod', edge: edge === 'on' };
}

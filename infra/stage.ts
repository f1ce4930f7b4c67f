import type { Node } from 'constructs';
import * as z from 'zod';

const Stage = z.enum(['prod', 'dev'], { error: 'Give the stage as -c stage=prod or -c stage=dev.' });
type StageName = z.output<typeof Stage>;

/** What differs between stages in the template. All else that differs is a CloudFormation parameter. */
export interface StageSettings {
  name: StageName;
  /** Keeps tables, bucket and keys whatever happens to the stack. */
  retain: boolean;
}

/** The stage of `-c stage=…`; prod when none is given. */
export function stageOf(node: Node): StageSettings {
  const name = Stage.parse(node.tryGetContext('stage') ?? 'prod');
  return { name, retain: name === 'prod' };
}

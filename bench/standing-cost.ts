import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import prices from './prices.json' with { type: 'json' };

interface Resource {
  Type: string;
  Properties?: { EventSourceArn?: { 'Fn::GetAtt'?: string[] } };
}

const { perMillion, assumed } = prices;
const month = 30 * 24 * 60 * 60;

/** USD a month for a stack that nobody uses, by its template: secrets, alarms, and the polling of its queues. */
export function standingCost(assemblyDir: string): Figure[] {
  const file = join(assemblyDir, 'Groundswell-dev.template.json');
  const resources: Resource[] = Object.values(JSON.parse(readFileSync(file, 'utf8')).Resources);
  const count = (type: string) => resources.filter(({ Type }) => Type === type).length;
  const queues = resources.filter(isFedByQueue).length;
  const polls = (queues * assumed.pollersPerQueue * month) / assumed.longPollSeconds;
  const polling = (polls * perMillion.queueRequest) / 1e6;
  const secrets = count('AWS::SecretsManager::Secret') * prices.secretMonth;
  const alarms = Math.max(0, count('AWS::CloudWatch::Alarm') - prices.freeAlarms) * prices.alarmMonth;
  return [
    { name: 'standing cost of a month', measured: polling + secrets + alarms, bound: 2, unit: ' USD' },
    { name: `of it: polling of ${queues} idle queues`, measured: polling, unit: ' USD' },
  ];
}

/** A stream's mapping names its `StreamArn`; streams are polled for free. */
function isFedByQueue({ Type, Properties }: Resource): boolean {
  const [, attribute] = Properties?.EventSourceArn?.['Fn::GetAtt'] ?? [];
  return Type === 'AWS::Lambda::EventSourceMapping' && attribute === 'Arn';
}

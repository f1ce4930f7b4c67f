import type { AwsFault } from './wire.ts';

/** A failure to cause, for tests: of calls to a service, before they happen or after, when the reply is lost. */
interface Fault {
  /** Logical id of the calling function; any caller if not given. */
  caller?: string;
  /** Signing name and operation: `dynamodb`, `TransactWriteItems`. */
  service: string;
  operation: string;
  times: number;
  when: 'before' | 'after';
  error: AwsFault;
}
export interface Faults {
  add(fault: Fault): void;
  /** The fault that strikes this call, which counts it. */
  take(caller: string, service: string, operation: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: (fault) => faults.push({ ...fault }),
    take: (caller, service, operation) => {
      const fault = faults.find(
        (f) =>
          f.times > 0 &&
          f.service === service &&
          f.operation === operation &&
          (f.caller ?? caller) === caller,
      );
      if (fault) fault.times -= 1;
      return fault;
    },
    clear: () => {
      faults = [];
    },
  };
}

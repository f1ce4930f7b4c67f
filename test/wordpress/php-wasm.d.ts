/** What the tests use of PHP as WebAssembly: one package has no types of its own, and those of the other are not found. */
declare module '@php-wasm/node-7-4' {
  export function getPHPLoaderModule(): Promise<object>;
}

declare module '@php-wasm/universal' {
  /** Starts PHP; answers its number. */
  export function loadPHPRuntime(loader: object): Promise<number>;

  export class PHP {
    constructor(runtime: number);
    /** One request to `code`; `text` is what it printed, `errors` what it logged. */
    run(request: {
      code: string;
      method: 'POST';
      body: string;
    }): Promise<{ exitCode: number; text: string; errors: string }>;
    mkdirTree(path: string): void;
    writeFile(path: string, content: Uint8Array): void;
    exit(): void;
  }
}

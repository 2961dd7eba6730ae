/** The Go toolchain's own script; it defines the global class Go. */
declare module "wasm_exec" {}

declare class Go {
  readonly importObject: WebAssembly.Imports;
  /** The program's environment. */
  env: Record<string, string>;
  /** run resolves when the program has ended, which the engine never does by itself. */
  run(instance: WebAssembly.Instance): Promise<void>;
}

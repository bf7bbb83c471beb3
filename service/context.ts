import { resolve } from 'node:path';
import type { Configuration, Registry } from './config/load.ts';
import type { Surroundings } from './surroundings.ts';

/** What every command can be told. */
export interface CommonOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** What a command works with: its surroundings, and how it prints. */
export interface Context {
  readonly surroundings: Surroundings;
  readonly json: boolean;
  /** Prints for people, or one JSON document for programs, whichever was asked for. */
  print(text: string, value: unknown): void;
  readonly configFile: string;
  registry(): Promise<Registry>;
  configuration(): Promise<Configuration>;
}

export function contextOf(surroundings: Surroundings, { config, json = false }: CommonOptions): Context {
  const configFile = resolve(surroundings.directory, config);
  const registry = async (): Promise<Registry> => {
    const { controls } = await import('../controls/index.ts');
    const own = surroundings.collectors ?? (await import('../collectors/index.ts')).collectors;
    return { collectors: own, controls, environment: surroundings.environment };
  };
  return {
    surroundings,
    json,
    configFile,
    registry,
    print: (text, value) => {
      surroundings.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);
    },
    configuration: async () => {
      const { loadConfiguration } = await import('./config/load.ts');
      return loadConfiguration(configFile, await registry());
    },
  };
}

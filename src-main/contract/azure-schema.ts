import type { AttributeMapping } from './catalogue/default-mappings.ts';
import type { ResourceType } from './resources.ts';

/** The attribute mappings of an application, by what they make. */
export type AzureMappings = Record<ResourceType, readonly AttributeMapping[]>;

/** Something that an exported schema was looked at for. */
export interface SchemaCheck {
  mark: 'ok' | 'odd' | 'failed';
  title: string;
  /** What follows from it, and the cure where one is needed. */
  words: string;
  /** An expression to map in its place; null where there is none. */
  expression: string | null;
}

/** What an exported synchronisation schema says (docs/entra.md §9). */
export interface ReadAzureSchema {
  mappings: AzureMappings;
  checks: SchemaCheck[];
}

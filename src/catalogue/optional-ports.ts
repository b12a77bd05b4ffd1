/**
 * Optional inputs that stand on a card only where a parameter asks for them or a wire has come, so that the usual
 * card is small: weights, masks, first states.
 */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { PortContext, PortSpec } from './define.ts';

interface RareSpec extends PortSpec {
  readonly title: Text;
}

export interface OptionalPorts {
  /** The parameter `ports`: names of the inputs that are shown. */
  readonly param: z.ZodDefault<z.ZodArray<z.ZodEnum<Record<string, string>>>>;
  /** Those that are shown. */
  shown(context: PortContext<{ readonly ports: readonly string[] }>): readonly PortSpec[];
}

export function optionalPorts(specs: readonly RareSpec[]): OptionalPorts {
  const names = specs.map(({ name }) => name);
  return {
    param: z
      .array(z.enum(names))
      .max(names.length)
      .default([])
      .meta({
        label: text('More inputs', '更多输入'),
        widget: 'flags',
        options: Object.fromEntries(specs.map(({ name, title }) => [name, title])),
      }),
    shown: ({ params: { ports }, wired }) =>
      specs
        .filter(({ name }) => ports.includes(name) || wired.includes(name))
        .map((spec) => ({ ...spec, optional: true })),
  };
}

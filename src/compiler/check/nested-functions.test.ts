import { expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { check } from '../index.ts';

/** Nodes of a type, each of which evaluates the one before as a function of x; `along`: or of what that one gives. */
function nested(count: number, along = false) {
  const ids = Array.from({ length: count }, (_, i) => `f${i}`);
  const wires = ids.flatMap((id, i) => {
    const before = i === 0 ? 'force.out' : `f${i - 1}.last`;
    return along && i > 0
      ? [`${before} > ${id}.state`, `${before} > scale${i}.x`, `scale${i}.out > ${id}.field`]
      : [`${before} > ${id}.field`, `x.out > ${id}.state`];
  });
  const scale = { type: 'scale', params: { factor: -1 } };
  return graph(
    {
      x: { type: 'parameter', params: { axes: [{ name: 'i', size: 2 }] } },
      force: scale,
      ...Object.fromEntries(ids.map((id) => [id, { type: 'integrate' }])),
      ...(along && Object.fromEntries(ids.slice(1).map((_, i) => [`scale${i + 1}`, scale]))),
      probe: { type: 'probe' },
    },
    ['x.out > force.x', ...wires, `f${count - 1}.last > probe.x`],
  );
}

const errors = (document: ReturnType<typeof graph>) =>
  check(document).diagnostics.flatMap(({ code, node, severity }) =>
    severity === 'error' ? [`${code} ${node}`] : [],
  );

it('counts how often functions within functions are evaluated', () => {
  expect(errors(nested(5))).toEqual([]);
  expect(errors(nested(6))).toEqual(['functions-nested f5']);
  // The innermost that is too large is told, once.
  expect(errors(nested(9))).toEqual(['functions-nested f5']);
});

it('lets them follow one another', () => {
  expect(errors(nested(9, true))).toEqual([]);
});

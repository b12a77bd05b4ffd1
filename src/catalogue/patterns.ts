/** Rearrangements that turn the axes a wire has into those that are wanted: transposing, merging, splitting. */
import { text } from '../base/text.ts';
import { distinctNames, type Misfit, type Proposal, type SeenAxis, sameSize } from './adapt.ts';

const side = (groups: readonly (readonly string[])[]): string =>
  groups.map((group) => (group.length === 1 ? group[0] : `(${group.join(' ')})`)).join(' ');
const pattern = (left: readonly (readonly string[])[], right: readonly (readonly string[])[]): string =>
  `${side(left)} -> ${side(right)}`;

/** Patterns worth trying, the likeliest first. */
export function rearrangements({ has, wanted, rank = 0 }: Misfit): Proposal[] {
  const found =
    has.length < rank
      ? [...images(has), ...(has.length + 1 === rank ? unitAxes(has) : [])]
      : [...transpositions(has, wanted)];
  const regrouped = wanted && (merge(has, wanted) ?? split(has, wanted));
  return regrouped ? [...found, regrouped] : found;
}

/** Rows of n² numbers as square images of one channel. */
function images(has: readonly SeenAxis[]): Proposal[] {
  const [row, pixels] = has;
  const side = Math.sqrt(pixels?.size ?? 0);
  if (!row || has.length !== 2 || side < 3 || !Number.isInteger(side)) return [];
  const sizes = [
    { name: 'channel', size: 1 },
    { name: 'height', size: side },
  ];
  const written = `${row.name} (channel height width) -> ${row.name} channel height width`;
  return [
    {
      params: { pattern: written, sizes },
      keepsNumbers: true,
      does: text('Make images of the rows', '把各行变成图像'),
    },
  ];
}

/**
 * One more axis, of one element: the last, as the features of a sequence of numbers, or as a channel, the last but one,
 * or the first where no batch stands there.
 */
function unitAxes(has: readonly SeenAxis[]): Proposal[] {
  const names = distinctNames(has);
  const left = names.join(' ');
  const patterns = [`${left} 1`, [...names.slice(0, -1), '1', ...names.slice(-1)].join(' ')];
  if (has.length > 1 && !/\D/.test(has[0]?.written ?? '')) patterns.unshift(`1 ${left}`);
  return patterns.map((right) => ({
    params: { pattern: `${left} -> ${right}` },
    keepsNumbers: true,
    does: text('Add an axis of one', '添加一个大小为一的轴'),
  }));
}

/** Into the wanted order; where none is known, the last two axes change places. */
function transpositions(has: readonly SeenAxis[], wanted: readonly SeenAxis[] | undefined): Proposal[] {
  if (has.length < 2) return [];
  const names = distinctNames(has);
  const orders: number[][] = [];
  if (wanted?.length === has.length) {
    const order: number[] = [];
    for (const want of wanted) {
      const left = has.map((_, d) => d).filter((d) => !order.includes(d));
      const fits = left.filter((d) => sameSize(has[d] as SeenAxis, want));
      const at = fits.find((d) => has[d]?.name === want.name) ?? fits[0];
      if (at === undefined) break;
      order.push(at);
    }
    if (order.length === has.length) orders.push(order);
  }
  const [last, before] = [has.length - 1, has.length - 2];
  orders.push([...has.keys()].map((d) => (d === last ? before : d === before ? last : d)));
  return orders
    .filter((order) => order.some((d, i) => d !== i))
    .map((order) => {
      const right = order.map((d) => [names[d] as string]);
      return {
        params: {
          pattern: pattern(
            names.map((n) => [n]),
            right,
          ),
        },
        keepsNumbers: true,
        does: text('Transpose', '转置'),
      };
    });
}

const product = (axes: readonly SeenAxis[]): number | undefined =>
  axes.reduce<number | undefined>((n, { size }) => (n === undefined || size === undefined ? n : n * size), 1);

/** For each of `few`, the neighbouring axes of `many` that it is the product of; undefined where they do not part so. */
function partition(many: readonly SeenAxis[], few: readonly SeenAxis[]): SeenAxis[][] | undefined {
  const groups: SeenAxis[][] = [];
  let next = 0;
  for (const target of few) {
    const group: SeenAxis[] = [];
    const isThere = () =>
      group.length === 1
        ? sameSize(group[0] as SeenAxis, target)
        : group.length > 1 && product(group) === target.size;
    while (!isThere() && next < many.length) group.push(many[next++] as SeenAxis);
    if (!isThere()) return undefined;
    groups.push(group);
  }
  return next === many.length ? groups : undefined;
}

function merge(has: readonly SeenAxis[], wanted: readonly SeenAxis[]): Proposal | undefined {
  if (wanted.length === 0 || has.length <= wanted.length) return undefined;
  const groups = partition(has, wanted);
  if (!groups) return undefined;
  const names = distinctNames(has);
  const grouped = groups.map((group) => group.map((axis) => names[has.indexOf(axis)] as string));
  return {
    params: {
      pattern: pattern(
        names.map((n) => [n]),
        grouped,
      ),
    },
    keepsNumbers: true,
    does: text('Merge axes', '合并轴'),
  };
}

function split(has: readonly SeenAxis[], wanted: readonly SeenAxis[]): Proposal | undefined {
  if (has.length === 0 || has.length >= wanted.length) return undefined;
  const groups = partition(wanted, has);
  if (!groups) return undefined;
  const names = distinctNames(wanted);
  const grouped = groups.map((group) => group.map((axis) => names[wanted.indexOf(axis)] as string));
  // All but the first factor of a group are written down; the first is what is left over.
  const sizes = groups.flatMap((group) =>
    group.slice(1).map((axis) => ({
      name: names[wanted.indexOf(axis)] as string,
      size: axis.size ?? axis.written,
    })),
  );
  return {
    params: {
      pattern: pattern(
        grouped,
        names.map((n) => [n]),
      ),
      sizes,
    },
    keepsNumbers: true,
    does: text('Split axes', '拆分轴'),
  };
}

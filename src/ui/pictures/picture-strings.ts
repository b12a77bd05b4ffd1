/** Words of pictures and of their clock. */
import { text } from '../../base/text.ts';

export const words = {
  pictures: text('Pictures', '图像'),
  choose: text('Picture', '图像'),
  none: text(
    'There is no picture in this graph. Pictures stand in the palette: wire one to what you want to see.',
    '图中还没有图像。图像节点在面板中：把它接到想看的数值上即可。',
  ),
  picture: text('{title}, picture', '{title}，图像'),
  inWords: text('In words', '文字说明'),
  loading: text('Drawing…', '正在绘制……'),
  // Why there is nothing to see
  noWire: text('Nothing is wired to “{port}” yet.', '“{port}” 还没有接线。'),
  noWires: text('Wire something in: {ports}.', '请接入数值：{ports}。'),
  noNumbers: text(
    'No numbers of {name} yet: where the graph has errors, or is too large to be computed unasked, they come with a run.',
    '{name} 还没有数值：图有错误，或过大而不能自动计算时，运行后才有。',
  ),
  notFinite: text('All numbers of {name} are NaN or infinite.', '{name} 的数值全是 NaN 或无穷。'),
  noPositive: text(
    'A logarithmic axis shows numbers above 0; {name} has none.',
    '对数坐标只显示大于 0 的数；{name} 中没有。',
  ),
  // What is left out
  part: text(
    'The first {shown} of {count} numbers of {name} are drawn.',
    '{name} 共 {count} 个数，只画出前 {shown} 个。',
  ),
  fewCurves: text(
    'The first {shown} of {count} curves of {name} are drawn.',
    '{name} 共 {count} 条曲线，只画出前 {shown} 条。',
  ),
  fewPoints: text(
    'The first {shown} of {count} points of {name} are drawn.',
    '{name} 共 {count} 个点，只画出前 {shown} 个。',
  ),
  someNotFinite: text(
    '{count} numbers of {name} are NaN or infinite, and not drawn.',
    '{name} 中有 {count} 个数为 NaN 或无穷，未画出。',
  ),
  someNotPositive: text(
    '{count} numbers of {name} are not above 0, and not drawn on the logarithmic axis.',
    '{name} 中有 {count} 个数不大于 0，未画在对数坐标上。',
  ),
  thinned: text('One of {every} grid lines is drawn.', '每 {every} 条网格线画一条。'),
  // The clock
  clock: text('Clock of the pictures', '图像的时钟'),
  play: text('Play', '播放'),
  pause: text('Pause', '暂停'),
  back: text('One step back', '后退一步'),
  on: text('One step on', '前进一步'),
  speed: text('Speed', '速度'),
  times: text('{speed}×', '{speed}×'),
  scrub: text('Time', '时间'),
  along: text('Clock along', '时钟沿'),
  alongTime: text('time t', '时间 t'),
  alongRun: text('training', '训练'),
  moment: text('t {at} of {last}', 't {at} / {last}'),
  recorded: text('step {step}', '第 {step} 步'),
  still: text(
    'Nothing here moves: no axis is named t, and no run has been recorded.',
    '没有可播放的内容：没有名为 t 的轴，也没有记录的训练。',
  ),
  keysHint: text(
    'Space plays and pauses, ← and → step, Home and End jump',
    '空格播放或暂停，← → 逐步，Home 与 End 跳到两端',
  ),
  axisAt: text('{axis} at', '{axis} 取'),
} as const;

/** The sentences in which pictures are described. */
export const said = {
  axes: text(
    '{x} runs from {xFrom} to {xTo}, {y} from {yFrom} to {yTo}.',
    '{x} 从 {xFrom} 到 {xTo}，{y} 从 {yFrom} 到 {yTo}。',
  ),
  logX: text('{x} is logarithmic.', '{x} 为对数坐标。'),
  logY: text('{y} is logarithmic.', '{y} 为对数坐标。'),
  // Plot
  rises: text('{name} rises from {first} to {last}.', '{name} 从 {first} 上升到 {last}。'),
  falls: text('{name} falls from {first} to {last}.', '{name} 从 {first} 下降到 {last}。'),
  flat: text('{name} stays at {first}.', '{name} 保持在 {first}。'),
  wanders: text(
    '{name} goes from {first} to {last}, lowest {least} at {atLeast}, highest {most} at {atMost}.',
    '{name} 从 {first} 到 {last}，最低 {least}（在 {atLeast}），最高 {most}（在 {atMost}）。',
  ),
  points: text(
    '{name}: {count} points, y from {least} to {most}.',
    '{name}：{count} 个点，y 从 {least} 到 {most}。',
  ),
  level: text('{name} is the level {value}.', '{name} 是水平线 {value}。'),
  curves: text(
    '{name}: {count} curves from {least} to {most}.',
    '{name}：{count} 条曲线，范围 {least} 到 {most}。',
  ),
  // Histogram
  bars: text(
    '{count} bars over {x} from {from} to {to}; the highest, {most}, around {at}.',
    '{x} 从 {from} 到 {to} 共 {count} 个柱；最高为 {most}，在 {at} 附近。',
  ),
  peaks: text('Peaks around {places}.', '峰在 {places} 附近。'),
  height: text('the height of bars', '柱高'),
  density: text('The density is highest, {most}, around {at}.', '密度最高为 {most}，在 {at} 附近。'),
  apart: text(
    'Bars and density differ by {part} of all probability (total variation).',
    '柱与密度之差占总概率的 {part}（全变差）。',
  ),
  // Landscape
  valleys: text('{count} valleys: {places}.', '{count} 个谷：{places}。'),
  valley: text('One valley, at {places}.', '一个谷，在 {places}。'),
  noValley: text(
    'No valley inside the picture: the lowest place, {least}, lies on the border.',
    '图内没有谷：最低处 {least} 在边界上。',
  ),
  heights: text('The potential goes from {least} to {most}.', '势能从 {least} 到 {most}。'),
  ball: text(
    '{name} is at {place}, where the potential is {height}.',
    '{name} 在 {place}，该处势能为 {height}。',
  ),
  path: text('Its path began at {place}.', '路径从 {place} 开始。'),
  ensemble: text('{name}: {count} points, on average at {place}.', '{name}：{count} 个点，平均在 {place}。'),
  // Phase portrait, bodies
  arrows: text(
    'Arrows on a grid of {columns} × {rows}; the longest is {most}.',
    '{columns} × {rows} 网格上的箭头；最长为 {most}。',
  ),
  still: text('The field is smallest near {place}.', '场在 {place} 附近最小。'),
  trajectory: text('{name} goes from {from} to {to}.', '{name} 从 {from} 到 {to}。'),
  closed: text('{name} comes back to where it began, {from}.', '{name} 回到起点 {from}。'),
  trajectories: text('{name}: {count} trajectories.', '{name}：{count} 条轨线。'),
  pointsNow: text('{name}: {count} points.', '{name}：{count} 个点。'),
  body: text('Body {n} of {name} goes from {from} to {to}.', '{name} 的物体 {n} 从 {from} 到 {to}。'),
  bodyNow: text('Body {n} of {name} is at {to}.', '{name} 的物体 {n} 在 {to}。'),
  nearest: text('Two bodies are never nearer than {distance}.', '两个物体的最近距离为 {distance}。'),
  // Stability
  stable: text(
    'All {count} directions shrink: the largest factor is {most}.',
    '全部 {count} 个方向都收缩：最大因子为 {most}。',
  ),
  unstable: text(
    '{bad} of {count} directions grow: the largest factor is {most}.',
    '{count} 个方向中有 {bad} 个增长：最大因子为 {most}。',
  ),
  marginal: text(
    'The largest factor of {count} directions is 1: nothing shrinks or grows there.',
    '{count} 个方向的最大因子为 1：既不收缩也不增长。',
  ),
  bound: text(
    'Stable up to {z} = {bound}; the largest eigenvalue stands at {at}.',
    '{z} 不超过 {bound} 时稳定；最大特征值位于 {at}。',
  ),
  // Matrix
  matrix: text(
    '{rows} rows ({row}) and {columns} columns ({column}), from {least} to {most}.',
    '{rows} 行（{row}）、{columns} 列（{column}），范围 {least} 到 {most}。',
  ),
  largest: text(
    'The number of largest magnitude is {most}, in row {row}, column {column}.',
    '绝对值最大的 {most} 在第 {row} 行第 {column} 列。',
  ),
  symmetric: text('It is symmetric.', '它是对称的。'),
  antisymmetric: text('It is antisymmetric.', '它是反对称的。'),
  diagonal: text('It is diagonal.', '它是对角的。'),
} as const;

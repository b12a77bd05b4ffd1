/** Words of sweeps: runs with one setting after the other. */
import { text } from '../../base/text.ts';

export const sweepWords = {
  title: text('Sweep', '扫描'),
  first: text('Setting', '设置'),
  second: text('Second setting', '第二个设置'),
  seed: text('Seed', '随机种子'),
  valuesOf: text('Values of {name}', '{name} 的取值'),
  start: text('Run {count}', '运行 {count} 次'),
  tooMany: text('{count} runs are too many', '{count} 次太多'),
  going: text('Sweep: {done} of {of} runs done', '扫描：已完成 {done} / {of} 次'),
  stop: text('Stop the sweep', '停止扫描'),
  plot: text('{metric} against {setting}', '{metric} 随 {setting} 的变化'),
} as const;

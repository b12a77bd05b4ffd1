/** Sentences the page says of its own accord: saving, files, the worker, trouble. */
import { text } from '../../base/text.ts';

export const notices = {
  saved: text('Saved', '已保存'),
  saving: text('Saving…', '正在保存…'),
  notSaved: text('Not saved: {reason}', '未保存：{reason}'),
  savedHint: text('Kept in this browser, at every change', '每次更改都保存在此浏览器中'),
  storageFull: text('this browser’s storage is full', '浏览器存储空间已满'),
  storageBlocked: text('this browser blocks storage', '浏览器禁止存储'),
  storageTooLarge: text('it is larger than the {most} MB that are read', '其大小超过可读取的 {most} MB'),
  storageNewer: text(
    'a newer version of this page uses this browser’s storage; reload this one',
    '此浏览器的存储正由本页面的较新版本使用；请重新加载',
  ),
  storageHeld: text(
    'Another tab with an older version of this page holds the storage: close or reload it.',
    '另一个标签页中的旧版本页面正占用存储：请关闭或重新加载它。',
  ),
  keptUnreached: text(
    'What this browser keeps cannot be reached: {reason}',
    '无法读取此浏览器中保存的内容：{reason}',
  ),
  leaveTitle: text('This document is not saved', '此文档尚未保存'),
  leaveBody: text(
    'Its last changes are in this tab alone: {reason}. Leaving it loses them.',
    '最近的更改只在此标签页中：{reason}。离开将丢失这些更改。',
  ),
  leaveStay: text('Stay', '留下'),
  leaveSave: text('Save to a file', '保存到文件'),
  leaveGo: text('Leave without saving', '不保存并离开'),
  storageFailed: text('storage failed ({detail})', '存储失败（{detail}）'),
  forked: text(
    'This document was changed in another tab. Your work goes on here as a copy of its own.',
    '此文档已在另一个标签页中更改。您的工作在此作为独立副本继续。',
  ),
  fileSaved: text('Saved to {file}', '已保存到 {file}'),
  fileFailed: text('The file could not be written: {detail}', '无法写入文件：{detail}'),
  fileUnreadable: text('The file could not be read: {detail}', '无法读取文件：{detail}'),
  stateNeedsGraph: text(
    'A file of trained tensors needs its graph: open that first.',
    '训练状态文件需要对应的图：请先打开图。',
  ),
  stateTaken: text('Opened {file}: the state after step {step}', '已打开 {file}：第 {step} 步之后的状态'),
  stateUnreadable: text(
    'The trained state kept with this document cannot be read: {reason} It stays where it is until there is a new one.',
    '无法读取与此文档一同保存的训练状态：{reason}在有新状态之前，它会保留在原处。',
  ),
  stateNotKept: text('Saved without the trained state: {reason}', '已保存，但未保存训练状态：{reason}'),
  opened: text('Opened {name}', '已打开 {name}'),
  templateFailed: text('The template could not be loaded: {detail}', '无法加载模板：{detail}'),
  noSuchLesson: text('There is no lesson called “{name}”.', '没有名为“{name}”的课程。'),
  restoreFailed: text('That document is no longer kept in this browser.', '该文档已不在此浏览器中保存。'),
  nodeAdded: text('{title} added', '已添加{title}'),
  workerUnreadable: text('a message could not be read', '收到无法读取的消息'),
  workerNotStarted: text('it could not be started', '无法启动'),
  workerForeign: text('it sent something that is not in the protocol', '它发送了协议之外的内容'),
  workerFault: text(
    'A fault of the program, beside the page: {detail}. What was going on goes on.',
    '程序在页面之外出现错误：{detail}。正在进行的工作会继续。',
  ),
  workerEnded: text('it has ended by itself', '它自行结束了'),
  workerResumed: text(
    'The worker had ended; training goes on from the state after step {step}.',
    '工作线程曾意外结束；训练从第 {step} 步之后的状态继续。',
  ),
  workerDeaf: text('it did not stop when it was asked to', '要求停止时它没有停下'),
  crashTitle: text('Something in the page broke', '页面出错了'),
  crashBody: text(
    'Your graph is whole: it is kept in this browser, and you can save it to a file now. This is a fault of the program, not of your graph.',
    '您的图是完整的：它保存在此浏览器中，您现在也可以把它存成文件。这是程序的错误，与您的图无关。',
  ),
  crashSave: text('Save the graph to a file', '把图保存为文件'),
  crashReload: text('Go on', '继续'),
  dismiss: text('Dismiss', '关闭'),
} as const;
